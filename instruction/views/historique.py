"""The journal of a dossier, for the agents who see it and for the auditeurs."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esms.journal.models import Entree
from grappes.requetes_campagnes import edition_de
from instruction.acces import droits_de
from instruction.models import Dossier
from instruction.presentation.historique import Fait, Noms, faits
from instruction.views.cadre import Demande, cadre, dossier_visible
from instruction.views.sections import SECTIONS

PAR_PAGE = 50


@require_safe
def historique(request: Demande, pk: UUID) -> HttpResponse:
    """Every gesture, the latest first, fifty a page; the porteur has its own follow-up instead."""
    dossier = dossier_visible(request, pk)
    contexte = cadre(request, dossier, "Historique", "historique")
    if not droits_de(request.user).suit(dossier):
        raise PermissionDenied("historique")
    entrees = Entree.objects.filter(chaine=dossier.chaine).select_related("par").order_by("-rang")
    page = Paginator(entrees, PAR_PAGE).get_page(request.GET.get("page"))
    contexte |= {"page": page, "faits": faits(page, noms_de(dossier)), "parametres": ""}
    return render(request, "instruction/historique.html", contexte)


def derniers_faits(dossier: Dossier, nombre: int) -> list[Fait]:
    """The latest lines of the history."""
    entrees = Entree.objects.filter(chaine=dossier.chaine).select_related("par").order_by("-rang")
    return faits(entrees[:nombre], noms_de(dossier))


def noms_de(dossier: Dossier) -> Noms:
    """Names of what the journal of this dossier tells by identifier."""
    return Noms(
        {str(pk): nom for pk, nom in dossier.pieces.order_by().values_list("pk", "nom")},
        {critere.cle: critere.libelle for critere in edition_de(dossier.campagne).grille.criteres},
        {decrite.cle: decrite.titre for decrite in SECTIONS},
    )
