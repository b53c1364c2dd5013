"""The requests for complements of a dossier and their answers; the porteur answers the open one here."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.garde import GesteRefuse, VersionDepassee, exiger
from instruction.actions.reponse import (
    ecrire_reponses,
    joindre_complement,
    repondre_complements,
    retirer_complement,
)
from instruction.fichiers import TYPES, FichierRefuse
from instruction.forms.complements import ReponseForm
from instruction.forms.piece import PieceForm
from instruction.models import DemandeDeComplements, Dossier, ElementDemande, Objet, Piece
from instruction.presentation.reprises import Reprise, reprises
from instruction.requetes_complements import demandes_completes
from instruction.requetes_corrections import ExamenDeComplement
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.complements import exiger_de_suivre
from instruction.views.corrections_lues import CorrectionsLues, corrections_lues

TITRE = "Compléments"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def complements(request: Demande, pk: UUID) -> HttpResponse:
    """Read every request; save the answers of the open one, and with « envoyer », seal and send them."""
    dossier = dossier_visible(request, pk)
    if request.method != "POST":
        exiger_de_suivre(request, dossier)
        return _page(request, dossier)
    exiger(etats.COMPLETER, dossier, request.user)
    formulaires = _formulaires(_ouverte(dossier), request)
    if not all(formulaire.is_valid() for formulaire in formulaires):
        return _page(request, dossier, formulaires, HTTPStatus.BAD_REQUEST)
    try:
        ecrire_reponses(
            dossier=dossier, saisies={f.element.pk: f.saisie for f in formulaires}, par=request.user
        )
        return _suite(request, dossier)
    except VersionDepassee:
        actuels = _formulaires(_ouverte(dossier), request)
        for formulaire in actuels:
            formulaire.actualiser()
        return _page(request, dossier, actuels, HTTPStatus.CONFLICT)
    except GesteRefuse as refus:
        return _page(request, dossier, formulaires, HTTPStatus.UNPROCESSABLE_ENTITY, refus.phrases)


@require_POST
@geste_sur
def joindre(request: Demande, pk: UUID, element: int) -> HttpResponse:
    """Join files to an element that asks for a piece."""
    dossier = dossier_visible(request, pk)
    exiger(etats.COMPLETER, dossier, request.user)
    demande = get_object_or_404(
        ElementDemande.objects.select_related("demande__depot__dossier"),
        pk=element,
        demande__depot=dossier.depot,
    )
    formulaire = PieceForm(request.POST, request.FILES, dossier=dossier, code=demande.cle)
    if not formulaire.is_valid():
        phrases = [str(erreur) for liste in formulaire.errors.values() for erreur in liste]
        return _page(request, dossier, None, HTTPStatus.BAD_REQUEST, phrases)
    try:
        for fichier in formulaire.cleaned_data["fichier"]:
            joindre_complement(element=demande, nom=fichier.name, fichier=fichier, par=request.user)
    except (FichierRefuse, GesteRefuse) as refus:
        return _page(request, dossier, None, HTTPStatus.BAD_REQUEST, [str(refus)])
    messages.success(request, f"Fichier joint à «\u00a0{demande.libelle}\u00a0».")
    return redirect("dossiers:complements", pk)


@require_POST
@geste_sur
def retirer(request: Demande, pk: UUID, piece: UUID) -> HttpResponse:
    """Withdraw a file joined to the open request."""
    dossier = dossier_visible(request, pk)
    exiger(etats.COMPLETER, dossier, request.user)
    jointe = get_object_or_404(Piece.objects.select_related("dossier", "element"), pk=piece, dossier=dossier)
    retirer_complement(piece=jointe, par=request.user)
    messages.success(request, f"«\u00a0{jointe.nom}\u00a0» est retiré.")
    return redirect("dossiers:complements", pk)


def _suite(request: Demande, dossier: Dossier) -> HttpResponse:
    """Saved; and sent when that button was pressed."""
    if "envoyer" not in request.POST:
        messages.success(request, "Vos réponses sont enregistrées. Elles ne sont pas encore envoyées.")
        return redirect("dossiers:complements", dossier.pk)
    repondre_complements(dossier=dossier, par=request.user)
    messages.success(request, "Vos compléments sont envoyés à l’ARS.")
    return redirect("dossiers:complements", dossier.pk)


def _ouverte(dossier: Dossier) -> DemandeDeComplements:
    return next(demande for demande in demandes_completes(dossier) if not demande.issue)


def _formulaires(demande: DemandeDeComplements, request: Demande | None = None) -> list[ReponseForm]:
    donnees = request.POST if request else None
    return [ReponseForm(donnees, element=e) for e in demande.elements.all() if e.objet != Objet.PIECE]


def _page(
    request: Demande,
    dossier: Dossier,
    formulaires: list[ReponseForm] | None = None,
    statut: int = 200,
    phrases: list[str] | tuple[str, ...] = (),
) -> HttpResponse:
    contexte = cadre(request, dossier, TITRE, "complements")
    demandes = demandes_completes(dossier) if dossier.depot_courant_id else []
    ouverte = next((demande for demande in demandes if not demande.issue), None)
    a_temps = ouverte is not None and timezone.now() < ouverte.echeance
    modifiable = a_temps and "completer" in contexte["gestes"]
    if ouverte is not None and modifiable and formulaires is None:
        formulaires = _formulaires(ouverte)
    contexte |= {
        "ouverte": ouverte,
        "a_temps": a_temps,
        "modifiable": modifiable,
        "lignes": _lignes(ouverte, formulaires or [], dossier if modifiable else None),
        "finies": _finies(demandes, dossier),
        "phrases": phrases,
        "conflit": statut == HTTPStatus.CONFLICT,
        "types": ", ".join(TYPES),
        "accepte": ",".join(f".{extension}" for extension in (*TYPES, "jpeg")),
    }
    return render(request, "instruction/complements.html", contexte, status=statut)


def _lignes(
    ouverte: DemandeDeComplements | None, formulaires: list[ReponseForm], modifiable: Dossier | None
) -> list[tuple[ElementDemande, ReponseForm | None, Reprise | None]]:
    """Each element of the open request, its form when a text may still be written, what the portal offers."""
    par_element = {formulaire.element.pk: formulaire for formulaire in formulaires}
    elements = list(ouverte.elements.all()) if ouverte else []
    reprise = reprises(ExamenDeComplement.de(modifiable, ouverte)) if ouverte and modifiable else None
    return [(e, par_element.get(e.pk), reprise(e) if reprise else None) for e in elements]


def _finies(
    demandes: Sequence[DemandeDeComplements], dossier: Dossier
) -> list[tuple[DemandeDeComplements, CorrectionsLues | None]]:
    """Requests that have ended, each with what its answer typed again."""
    edition = edition_de(dossier.campagne)
    return [(demande, corrections_lues(demande, edition)) for demande in demandes if demande.issue]
