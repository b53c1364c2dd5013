"""Taking a dossier in charge, opening its admissibility, opening and closing its examination."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from instruction.actions.decision import clore_instruction, ouvrir_instruction
from instruction.actions.examen import attribuer
from instruction.actions.recevabilite import ouvrir_recevabilite
from instruction.views.cadre import Demande, dossier_visible, geste_sur


@require_POST
@geste_sur
def attribuer_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Take it in charge."""
    attribuer(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "Le dossier vous est attribué.")
    return redirect("dossiers:dossier", pk)


@require_POST
@geste_sur
def ouvrir_la_recevabilite(request: Demande, pk: UUID) -> HttpResponse:
    """Start looking at the filing."""
    ouvrir_recevabilite(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "La recevabilité est ouverte\u00a0: jugez les contrôles et les pièces.")
    return redirect("dossiers:dossier", pk)


@require_POST
@geste_sur
def ouvrir(request: Demande, pk: UUID) -> HttpResponse:
    """Start the examination."""
    ouvrir_instruction(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "L’instruction est ouverte\u00a0: remplissez la grille.")
    return redirect("dossiers:grille", pk)


@require_POST
@geste_sur
def clore(request: Demande, pk: UUID) -> HttpResponse:
    """End the examination."""
    clore_instruction(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "L’instruction est close. Le dossier attend la sélection.")
    return redirect("dossiers:dossier", pk)
