"""Entry page: choose the call for projects, paste the numbers, read the result."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from esms.aap import editions
from financement.actions.simulation import enregistrer
from financement.composition.entree import nouvelle as entree_nouvelle
from financement.forms.simulation_nouvelle import NouvelleForm
from financement.views.simulation.ajout import ajouter_du_formulaire
from financement.views.simulation.publique import publique


@publique("GET", "HEAD", "POST")
def nouvelle(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST makes the simulation and leads to its result, or to the search when asked so."""
    form = NouvelleForm(request.POST or None, request.FILES or None)
    compte_rendu = None
    if request.method == "POST" and request.POST.get("geste") == "rechercher":
        if request.POST.get("aap") in {edition.slug for edition in editions()}:
            simulation = enregistrer(entree=entree_nouvelle(request.POST["aap"]), par=None)
            return redirect("simulation:ajouter", cle=simulation.cle)
        form.add_error("aap", "Choisissez un appel à projets.")
    elif request.method == "POST" and form.is_valid():
        simulation, compte_rendu = ajouter_du_formulaire(
            request, entree_nouvelle(form.cleaned_data["aap"]), form
        )
        if simulation:
            return redirect(simulation)
    contexte = {
        "titre": "Simuler ma subvention",
        "form": form,
        "editions": editions(),
        "compte_rendu": compte_rendu,
        "maintenant": timezone.now(),
    }
    return render(request, "financement/simulation/nouvelle.html", contexte)
