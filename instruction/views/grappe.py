"""Section « Grappe » of a draft, at a glance; its parts have screens of their own."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from financement.models import Simulation
from financement.presentation.controles import grouper
from instruction.actions.garde import GesteRefuse
from instruction.actions.grappe import reprendre_une_simulation
from instruction.forms.grappe import AutreSimulationForm
from instruction.requetes import Examen
from instruction.requetes_grappe import confirmations_attendues, manques_de_la_grappe
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.grappe_atelier import AtelierDossier

TITRE = "Grappe et solution"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def grappe(request: Demande, pk: UUID) -> HttpResponse:
    """The grappe at a glance: what is left to do, its checks; POST takes another simulation."""
    atelier = AtelierDossier(request, dossier_visible(request, pk))
    formulaire = AutreSimulationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulaire.is_valid() and _reprendre(request, atelier, formulaire):
        return redirect("dossiers:grappe", pk)
    examen = Examen(atelier.dossier, timezone.now())
    controles = [c for c in examen.resultat.controles if not c.regle.startswith("C")]  # nothing is filed yet
    groupes = grouper(controles, _nommer(examen))
    contexte = atelier.contexte(TITRE, "grappe") | {
        "form": formulaire,
        "examen": examen,
        "groupes": groupes,
        "a_revoir": any(groupe.ouvert for groupe in groupes),
        "manques": manques_de_la_grappe(atelier.dossier.grappe, examen.resultat.projet, examen.edition),
        "attendues": confirmations_attendues(atelier.dossier.grappe),
    }
    return render(request, "instruction/grappe.html", contexte, status=400 if formulaire.errors else 200)


def _reprendre(request: Demande, atelier: AtelierDossier, formulaire: AutreSimulationForm) -> bool:
    """Whether the simulation has taken the place of the composition; if not, the form says why."""
    simulation: Simulation = formulaire.cleaned_data["simulation"]
    try:
        reprendre_une_simulation(dossier=atelier.dossier, simulation=simulation, par=request.user)
    except GesteRefuse as refus:
        formulaire.add_error("simulation", list(refus.phrases))
        return False
    messages.success(request, "La grappe du dossier est celle de la nouvelle simulation.")
    return True


def _nommer(examen: Examen) -> Callable[[str], str]:
    """Name of an ESSMS of the draft from its number."""
    noms = {essms.finess_et: essms.nom for essms in examen.resultat.projet.essms}
    return lambda numero: noms.get(numero) or f"ESSMS {numero}"
