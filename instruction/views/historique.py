"""The journal of a dossier: whole for the agents who follow it and the auditeurs, in part for the porteur."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esms.journal.models import Entree
from grappes.requetes_campagnes import edition_de
from grappes.requetes_organismes import nom_de_l_ars, noms_des_organismes
from instruction.acces import droits_de
from instruction.models import Dossier
from instruction.presentation.historique import DE_L_ARS, DU_PORTEUR, Fait, Noms, faits
from instruction.views.cadre import Demande, cadre, dossier_visible
from instruction.views.sections import SECTIONS

PAR_PAGE = 50


@require_safe
def historique(request: Demande, pk: UUID) -> HttpResponse:
    """The gestures, the latest first, fifty a page; to the porteur, those that it made or was told of."""
    dossier = dossier_visible(request, pk)
    contexte = cadre(request, dossier, "Historique", "historique")
    porteur = contexte["pour_porteur"]
    if not porteur and not droits_de(request.user).suit(dossier):
        raise PermissionDenied("historique")
    entrees = Entree.objects.filter(chaine=dossier.chaine).select_related("par").order_by("-rang")
    if porteur:
        entrees = entrees.filter(geste__in=DU_PORTEUR | DE_L_ARS)
    page = Paginator(entrees, PAR_PAGE).get_page(request.GET.get("page"))
    ars = nom_de_l_ars(dossier.campagne.ars) if porteur else ""
    contexte |= {"page": page, "faits": faits(page, noms_de(dossier, page), ars=ars), "parametres": ""}
    return render(request, "instruction/historique.html", contexte)


def derniers_faits(dossier: Dossier, nombre: int) -> list[Fait]:
    """The latest lines of the history."""
    entrees = list(
        Entree.objects.filter(chaine=dossier.chaine).select_related("par").order_by("-rang")[:nombre]
    )
    return faits(entrees, noms_de(dossier, entrees))


def noms_de(dossier: Dossier, entrees: Iterable[Entree]) -> Noms:
    """Names of what these entries tell by identifier."""
    organismes = {e.contenu["finess_ej"] for e in entrees if "finess_ej" in e.contenu}
    return Noms(
        {str(pk): nom for pk, nom in dossier.pieces.order_by().values_list("pk", "nom")},
        {critere.cle: critere.libelle for critere in edition_de(dossier.campagne).grille.criteres},
        {decrite.cle: decrite.titre for decrite in SECTIONS},
        noms_des_organismes(organismes) if organismes else {},
    )
