"""Section « Grappe » of a draft: composition read from the simulation, and another one in its place."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from financement.models import Simulation
from financement.presentation.controles import grouper
from instruction import etats
from instruction.actions.creation import changer_de_simulation
from instruction.actions.garde import GesteRefuse, exiger
from instruction.forms.grappe import AutreSimulationForm
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Grappe et solution"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def grappe(request: Demande, pk: UUID) -> HttpResponse:
    """Read the composition, its checks and its amounts; POST replaces it by another simulation."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    formulaire = AutreSimulationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid():
        simulation: Simulation = formulaire.cleaned_data["simulation"]
        try:
            changer_de_simulation(dossier=dossier, simulation=simulation, par=request.user)
        except GesteRefuse as refus:
            formulaire.add_error("simulation", list(refus.phrases))
        else:
            messages.success(request, "La grappe du dossier est celle de la nouvelle simulation.")
            return redirect("dossiers:grappe", pk)
    examen = Examen(dossier, timezone.now())
    controles = [c for c in examen.resultat.controles if not c.regle.startswith("C")]  # nothing is filed yet
    groupes = grouper(controles, _nommer(examen))
    contexte = cadre(
        request,
        dossier,
        TITRE,
        form=formulaire,
        examen=examen,
        groupes=groupes,
        a_revoir=any(groupe.ouvert for groupe in groupes),
    )
    return render(request, "instruction/grappe.html", contexte, status=400 if formulaire.errors else 200)


def _nommer(examen: Examen) -> Callable[[str], str]:
    """Name of an ESSMS of the draft from its number."""
    noms = {essms.finess_et: essms.nom for essms in examen.resultat.projet.essms}
    return lambda numero: noms.get(numero) or f"ESSMS {numero}"
