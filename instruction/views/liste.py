"""The list of dossiers: the porteur's, or the agent's with its filters in the address."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instruction import etats
from instruction.acces import Droits, droits_de
from instruction.forms.liste import FiltreForm
from instruction.models import Dossier
from instruction.presentation.suites import suite_pour_le_porteur
from instruction.requetes_fenetre import avec_regions
from instruction.requetes_grappe import dossiers_partages
from instruction.requetes_messages import avec_non_lus
from instruction.requetes_retard import retard_de

PAR_PAGE = 50


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Every dossier this person may read, fifty a page."""
    droits = droits_de(request.user)
    if droits.lit_des_depots:
        return _de_l_agent(request, droits)
    page = _page(Dossier.objects.visibles_par(request.user).order_by("-cree_le", "pk"), request)
    contexte = {
        "titre": "Mes dossiers",
        "page": page,
        "dossiers": [(dossier, suite_pour_le_porteur(dossier)) for dossier in page],
        "partages": dossiers_partages(request.user, droits.lieux),
    }
    return render(request, "instruction/liste_porteur.html", contexte)


def _de_l_agent(request: HttpRequest, droits: Droits) -> HttpResponse:
    """Filtered and sorted by what the address says."""
    visibles, instant = Dossier.objects.visibles_par(request.user), timezone.now()
    lues, partout = droits.regions_lues, droits.lieux.partout
    formulaire = FiltreForm(request.GET, ars=lues, instant=instant, equipe=droits.ars, partout=partout)
    page = _page(formulaire.filtrer(visibles, request.user), request)
    prend_en_charge = bool(droits.lieux.de(etats.ATTRIBUER.roles))
    contexte = {
        "titre": "Dossiers",
        "page": page,
        "dossiers": [(d, retard_de(d, formulaire.finissantes, instant)) for d in page],
        "form": formulaire,
        "parametres": formulaire.parametres(),
        "vues": formulaire.vues(visibles, request.user, prend_en_charge=prend_en_charge),
        "filtree": formulaire.filtree,
        "ars_agent": droits.ars,
    }
    return render(request, "instruction/liste_agent.html", contexte)


def _page(dossiers: QuerySet[Dossier], request: HttpRequest) -> Any:
    """Fifty rows: their keys first, in the index of the order asked, so that what precedes is not read."""
    cles_seules = dossiers.values_list("pk", flat=True)
    page: Any = Paginator(cles_seules, PAR_PAGE).get_page(request.GET.get("page"))
    cles = list(page.object_list)
    lignes = avec_regions(avec_non_lus(Dossier.objects.filter(pk__in=cles))).select_related(
        "campagne", "instructeur"
    )
    par_cle = lignes.in_bulk()
    page.object_list = [par_cle[cle] for cle in cles if cle in par_cle]
    return page
