"""Solution, help to the project owner, porteur's regime, filing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from financement.composition import entree as gestes
from financement.forms.simulation_projet import ProjetForm
from financement.views.simulation.edition import traiter
from financement.views.simulation.lecture import contexte_de, etude_ou_404
from financement.views.simulation.publique import publique


@publique("GET", "HEAD", "POST")
def projet(request: HttpRequest, cle: str) -> HttpResponse:
    """What holds for the whole project."""
    etude = etude_ou_404(cle)
    if etude.vide:
        return redirect("simulation:ajouter", cle=cle)
    form = ProjetForm(request.POST or None, entree=etude.entree, edition=etude.edition, regions=etude.regions)
    return traiter(
        request,
        etude,
        form,
        lambda: gestes.modifier_projet(etude.entree, form.changements()),
        suite="simulation:resultat",
        contexte=contexte_de(request, etude, "Solution, assistance et porteur", "projet"),
        gabarit="financement/simulation/projet.html",
    )
