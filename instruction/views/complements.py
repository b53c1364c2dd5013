"""Complements: what was asked and answered, for both sides; asking, and ending a request, for the agent."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.complements import clore_complements, demander_complements
from instruction.actions.garde import GesteRefuse, exiger
from instruction.forms.complements import DemandeForm
from instruction.forms.examen import MotifForm
from instruction.models import Dossier, Issue, Objet
from instruction.regles.complements import dernier_jour_possible
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.sections import decrite_ou_inconnue, sections_de

TITRE = "Demander des compléments"
JOURS = 15  # proposed to the instructor, who changes it


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def demander(request: Demande, pk: UUID) -> HttpResponse:
    """The form of a request, then the request itself."""
    dossier = dossier_visible(request, pk)
    if request.method != "POST":
        exiger(etats.DEMANDER_COMPLEMENTS, dossier, request.user)
        return _page(request, dossier, _formulaire(dossier))
    formulaire = _formulaire(dossier, request)
    if not formulaire.is_valid():
        exiger(etats.DEMANDER_COMPLEMENTS, dossier, request.user)
        return _page(request, dossier, formulaire, 400)
    try:
        demander_complements(
            dossier=dossier,
            demandes=formulaire.demandes(),
            dernier_jour=formulaire.echeance,
            message=formulaire.cleaned_data["message"],
            par=request.user,
        )
    except GesteRefuse as refus:
        formulaire.add_error(None, list(refus.phrases))
        return _page(request, dossier, formulaire, 400)
    messages.success(request, "La demande est envoyée au porteur.")
    return redirect("dossiers:complements", pk)


@require_POST
@geste_sur
def clore(request: Demande, pk: UUID) -> HttpResponse:
    """End the request: overdue, or withdrawn with a motive."""
    dossier = dossier_visible(request, pk)
    formulaire = MotifForm(request.POST)
    if not formulaire.is_valid():
        raise GesteRefuse(*map(str, formulaire.errors["motif"]))
    demande = clore_complements(dossier=dossier, motif=formulaire.cleaned_data["motif"], par=request.user)
    suite = "" if demande.issue == Issue.RETIREE else " Le dossier incomplet peut être prononcé irrecevable."
    messages.success(request, f"La demande de compléments est close.{suite}")
    return redirect("dossiers:dossier", pk)


def exiger_de_suivre(request: Demande, dossier: Dossier) -> None:
    """403 unless the person carries the dossier or follows its examination."""
    droits = droits_de(request.user)
    if not (droits.porte(dossier) or droits.suit(dossier)):
        raise PermissionDenied("complements")


def _formulaire(dossier: Dossier, request: Demande | None = None) -> DemandeForm:
    edition = edition_de(dossier.campagne)
    aujourdhui = timezone.localdate(timezone=edition.zone)
    limite = dernier_jour_possible(edition)
    propose = aujourdhui + timedelta(days=JOURS)
    scelle = dossier.depot.contenu if dossier.depot_courant_id else {"pieces_demandees": []}
    candidats = [
        (Objet.PIECE.value, piece["code"], f"{piece['code']} – {piece['libelle']}")
        for piece in scelle["pieces_demandees"]
    ]
    candidats += [
        (Objet.SECTION.value, section.cle, decrite_ou_inconnue(section.cle).titre)
        for section in sections_de(edition)
        if section.cle != "pieces"
    ]
    return DemandeForm(
        request.POST if request else None,
        candidats=candidats,
        raisons=_raisons(dossier),
        aujourdhui=aujourdhui,
        initial={"dernier_jour": min(propose, limite) if limite else propose},
    )


def _raisons(dossier: Dossier) -> dict[tuple[str, str], str]:
    """Motives of the pieces already refused: what will most often be asked for again."""
    if not dossier.depot_courant_id:
        return {}
    refusees = dossier.depot.avis_pieces.filter(acceptee=False)
    return {(Objet.PIECE.value, avis.code): avis.motif for avis in refusees}


def _page(request: Demande, dossier: Dossier, formulaire: DemandeForm, statut: int = 200) -> HttpResponse:
    contexte = cadre(
        request,
        dossier,
        TITRE,
        "complements",
        form=formulaire,
        limite=dernier_jour_possible(edition_de(dossier.campagne)),
    )
    return render(request, "instruction/complements_demander.html", contexte, status=statut)
