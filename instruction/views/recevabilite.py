"""Admissibility: each piece of the sealed filing, accepted or not; then the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from instruction import etats
from instruction.actions.decision import ecarter_ineligible, ecarter_irrecevable, recevoir
from instruction.actions.examen import SaisiePiece, donner_avis_pieces
from instruction.forms.examen import AvisForm, MotifForm
from instruction.models import Dossier
from instruction.views.cadre import Demande, cadre, dossier_visible, exiger_role, geste_sur

TITRE = "Recevabilité"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def recevabilite(request: Demande, pk: UUID) -> HttpResponse:
    """Read or give opinions on the pieces."""
    dossier = dossier_visible(request, pk)
    exiger_role(request, dossier, etats.VERIFIER)
    lignes = _lignes(dossier, request)
    if request.method == "POST" and all(formulaire.is_valid() for _, _, formulaire in lignes):
        saisies = [
            SaisiePiece(piece["code"], formulaire.favorable, formulaire.cleaned_data["motif"])
            for piece, _, formulaire in lignes
            if formulaire.donne
        ]
        donner_avis_pieces(dossier=dossier, saisies=saisies, par=request.user)
        messages.success(request, "Vos avis sur les pièces sont enregistrés.")
        return redirect("dossiers:recevabilite", pk)
    erreurs = request.method == "POST"
    contexte = cadre(request, dossier, TITRE, lignes=lignes, avec_erreurs=erreurs)
    return render(request, "instruction/recevabilite.html", contexte, status=400 if erreurs else 200)


@require_POST
@geste_sur
def recevoir_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Declare it admissible."""
    recevoir(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "Le dossier est recevable. Vous pouvez ouvrir l’instruction.")
    return redirect("dossiers:dossier", pk)


@require_POST
@geste_sur
def ecarter(request: Demande, pk: UUID, sens: str) -> HttpResponse:
    """Declare it inadmissible or not eligible, with the motive typed."""
    dossier = dossier_visible(request, pk)
    gestes = {"irrecevable": ecarter_irrecevable, "ineligible": ecarter_ineligible}
    formulaire = MotifForm(request.POST)
    motif = formulaire.cleaned_data["motif"] if formulaire.is_valid() else ""
    gestes[sens](dossier=dossier, motif=motif, par=request.user)
    messages.success(request, "La décision est enregistrée.")
    return redirect("dossiers:dossier", pk)


def _lignes(dossier: Dossier, request: Demande) -> list[tuple[dict[str, Any], list[Any], AvisForm]]:
    avis = {a.code: a for a in dossier.avis_pieces.all()}
    fichiers = list(dossier.pieces.filter(retiree_le__isnull=True))
    lignes = []
    for piece in dossier.depot.contenu["pieces_demandees"]:
        donne = avis.get(piece["code"])
        initial = {"avis": "oui" if donne.acceptee else "non", "motif": donne.motif} if donne else {}
        formulaire = AvisForm(
            request.POST if request.method == "POST" else None,
            prefix=piece["code"],
            initial=initial,
            sujet=piece["code"],
            oui="Acceptée",
            non="Refusée",
        )
        lignes.append((piece, [f for f in fichiers if f.code == piece["code"]], formulaire))
    return lignes
