"""Keeping a simulation for good."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from financement.actions.simulation import garder as garder_simulation
from financement.models import Simulation
from financement.views.simulation.publique import publique


@publique("POST")
def garder(request: HttpRequest, cle: str) -> HttpResponse:
    """The link of this simulation stops expiring."""
    try:
        simulation = garder_simulation(simulation=get_object_or_404(Simulation, pk=cle), par=None)
    except Simulation.DoesNotExist as erreur:
        raise Http404 from erreur
    messages.success(
        request, "Cette simulation est conservée\u00a0: son lien ne changera pas et n’expirera pas."
    )
    return redirect(simulation)
