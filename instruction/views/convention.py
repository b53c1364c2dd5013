"""Preparing the convention of a retained dossier; what follows happens on the convention's own page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from instruction.actions.convention import preparer_convention
from instruction.views.cadre import Demande, dossier_visible, geste_sur


@require_POST
@geste_sur
def preparer(request: Demande, pk: UUID) -> HttpResponse:
    """Prepare it."""
    prete = preparer_convention(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, f"La convention {prete.numero} est préparée.")
    return redirect(prete)
