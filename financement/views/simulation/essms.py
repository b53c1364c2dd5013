"""The ESSMS of the project, and gestures on several of them at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from financement.composition import entree as gestes
from financement.forms.simulation_lot import LotForm
from financement.presentation.tableau_essms import page_d_essms
from financement.views.simulation.atelier import Atelier, AtelierPublic
from financement.views.simulation.edition import traiter
from financement.views.simulation.publique import publique

GABARIT = "financement/simulation/essms.html"


@publique("GET", "HEAD", "POST")
def essms(request: HttpRequest, cle: str) -> HttpResponse:
    """GET lists; POST applies one gesture to the ESSMS ticked, or to all."""
    return ecran_des_essms(AtelierPublic.ouvrir(request, cle))


def ecran_des_essms(atelier: Atelier) -> HttpResponse:
    """The same, wherever the composition lives; the effect of a gesture is previewed before it is applied."""
    form = LotForm(
        atelier.request.POST or None, presents=gestes.numeros(atelier.etude.entree), justifie=atelier.justifie
    )

    def contexte() -> dict[str, Any]:
        return atelier.contexte("ESSMS du projet", "essms") | {
            "lignes": page_d_essms(atelier.etude, atelier.request.GET.get("page")),
            "coches": form.choisis(),
        }

    return traiter(
        atelier, form, lambda: _modifiee(atelier, form), suite="essms", contexte=contexte, gabarit=GABARIT
    )


def _modifiee(atelier: Atelier, form: LotForm) -> gestes.Entree:
    entree, choisis = atelier.etude.entree, frozenset(form.choisis())
    if form.cleaned_data["geste"] == "appliquer":
        return gestes.modifier_essms(entree, choisis, form.changements())
    return atelier.normalisee(gestes.retirer(entree, choisis))
