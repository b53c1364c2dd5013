"""What if: what would unblock, what the next threshold changes, what each ESSMS brings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financement.presentation.et_si import page_de_marginaux
from financement.simulation.et_si import debloquer, seuils
from financement.views.simulation.lecture import contexte_de, etude_ou_404
from financement.views.simulation.publique import publique


@publique("GET", "HEAD")
def et_si(request: HttpRequest, cle: str) -> HttpResponse:
    """The three answers of the engine, fifty ESSMS at a time."""
    etude = etude_ou_404(cle)
    if etude.vide:
        return redirect("simulation:ajouter", cle=cle)
    contexte = contexte_de(request, etude, "Et si…", "et_si") | {
        "deblocage": debloquer(etude.resultat),
        "seuils": seuils(etude.resultat),
        "lignes": page_de_marginaux(etude, request.GET.get("page")),
    }
    return render(request, "financement/simulation/et_si.html", contexte)
