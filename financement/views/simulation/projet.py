"""Solution, help to the project owner, porteur's regime, filing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from financement.composition import entree as gestes
from financement.forms.simulation_projet import GROUPES, ProjetForm
from financement.views.simulation.atelier import Atelier, AtelierPublic
from financement.views.simulation.edition import traiter
from financement.views.simulation.publique import publique


@publique("GET", "HEAD", "POST")
def projet(request: HttpRequest, cle: str) -> HttpResponse:
    """What holds for the whole project."""
    atelier = AtelierPublic.ouvrir(request, cle)
    return ecran_du_projet(
        atelier, titre="Solution, assistance et porteur", groupes=tuple(GROUPES), suite="resultat"
    )


def ecran_du_projet(
    atelier: Atelier,
    *,
    titre: str,
    groupes: tuple[str, ...],
    suite: str,
    page: str = "projet",
    sans: tuple[str, ...] = (),
) -> HttpResponse:
    """Some subjects of the project, wherever it lives; `sans`: fields that are not asked there."""
    etude = atelier.etude
    if etude.vide:
        return redirect(atelier.adresse("ajouter"))
    form = ProjetForm(
        atelier.request.POST or None,
        entree=etude.entree,
        edition=etude.edition,
        regions=etude.regions,
        groupes=groupes,
        sans=sans,
    )
    return traiter(
        atelier,
        form,
        lambda: gestes.modifier_projet(atelier.etude.entree, form.changements()),
        suite=suite,
        contexte=lambda: atelier.contexte(titre, page),
        gabarit="financement/simulation/projet.html",
    )
