"""One check, ESSMS by ESSMS."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financement.presentation.controles import page_de_controles
from financement.views.simulation.lecture import contexte_de, etude_ou_404
from financement.views.simulation.publique import publique


@publique("GET", "HEAD")
def controles(request: HttpRequest, cle: str, regle: str, verdict: str) -> HttpResponse:
    """Every ESSMS that got this verdict from this rule, fifty at a time."""
    etude = etude_ou_404(cle)
    if etude.vide:
        return redirect("simulation:ajouter", cle=cle)
    page = page_de_controles(etude, regle, verdict, request.GET.get("page"))
    if page is None:
        raise Http404
    contexte = contexte_de(request, etude, f"Contrôle {regle}", "resultat") | {"regle": regle, "lignes": page}
    return render(request, "financement/simulation/controles.html", contexte)
