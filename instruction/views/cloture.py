"""Closing a dossier that is over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from instruction.actions.cloture import clore
from instruction.views.cadre import Demande, dossier_visible, geste_sur


@require_POST
@geste_sur
def clore_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Close it."""
    clore(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "Le dossier est clos.")
    return redirect("dossiers:dossier", pk)
