"""The ESSMS of the project: fifty per page, edited one by one or together."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from financement.actions.simulation import enregistrer
from financement.composition import entree as gestes
from financement.composition.ajout import porteur_par_defaut
from financement.etude import Etude
from financement.forms.simulation_nouvelle import LotForm
from financement.presentation.tableau_essms import page_d_essms
from financement.views.simulation.lecture import contexte_de, etude_ou_404
from financement.views.simulation.publique import publique


@publique("GET", "HEAD", "POST")
def essms(request: HttpRequest, cle: str) -> HttpResponse:
    """GET lists; POST applies one gesture to the ESSMS ticked, or to all."""
    etude = etude_ou_404(cle)
    form = LotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        choisis = (
            gestes.numeros(etude.entree)
            if form.cleaned_data["portee"] == "tous"
            else request.POST.getlist("essms")
        )
        if choisis:
            simulation = enregistrer(entree=_appliquer(etude, form, frozenset(choisis)), par=None)
            return redirect("simulation:essms", cle=simulation.cle)
        form.add_error(
            "portee", "Cochez au moins un ESSMS, ou choisissez «\u00a0tous les ESSMS du projet\u00a0»."
        )
    contexte = contexte_de(request, etude, "ESSMS du projet", "essms") | {
        "form": form,
        "lignes": page_d_essms(etude, request.GET.get("page")),
        "coches": request.POST.getlist("essms"),
    }
    return render(request, "financement/simulation/essms.html", contexte)


def _appliquer(etude: Etude, form: LotForm, choisis: frozenset[str]) -> gestes.Entree:
    if form.cleaned_data["geste"] == "appliquer":
        return gestes.modifier_essms(etude.entree, choisis, form.changements())
    return porteur_par_defaut(gestes.retirer(etude.entree, choisis), etude.referentiel.fiches)
