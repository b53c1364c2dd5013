"""The managing organisms, and the porteur among them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from financement.composition import entree as gestes
from financement.etude import Etude
from financement.forms.simulation_organismes import OrganismesForm
from financement.presentation.organismes import page_d_organismes
from financement.views.simulation.atelier import Atelier, AtelierPublic
from financement.views.simulation.edition import traiter
from financement.views.simulation.publique import publique


@publique("GET", "HEAD", "POST")
def organismes(request: HttpRequest, cle: str) -> HttpResponse:
    """Fifty organisms per page: ESSMS managed in all, national entity, porteur."""
    return ecran_des_organismes(AtelierPublic.ouvrir(request, cle))


def ecran_des_organismes(atelier: Atelier) -> HttpResponse:
    """The same, wherever the composition lives; an empty project first gets ESSMS."""
    etude, request = atelier.etude, atelier.request
    if etude.vide:
        return redirect(atelier.adresse("ajouter"))
    lignes = page_d_organismes(etude, request.GET.get("page"))
    form = OrganismesForm(
        request.POST or None,
        finess_ej=[ligne.finess_ej for ligne in lignes],
        dits={o["finess_ej"]: o for o in etude.entree.get("organismes", [])},
        sieges_inconnus=[ligne.finess_ej for ligne in lignes if not ligne.region],
        porteur=etude.entree.get("porteur", {}).get("finess_ej", ""),
        porteur_fixe=atelier.porteur_fixe,
        justifications=atelier.justifications() if atelier.justifie else None,
    )

    def contexte() -> dict[str, Any]:
        return atelier.contexte("Organismes gestionnaires", "organismes") | {"lignes": lignes}

    return traiter(
        atelier,
        form,
        lambda: _modifiee(atelier.etude, form),
        suite="organismes",
        contexte=contexte,
        gabarit="financement/simulation/organismes.html",
    )


def _modifiee(etude: Etude, form: OrganismesForm) -> gestes.Entree:
    """A porteur that has no ESSMS in the project is not accepted: the previous one stays."""
    entree = gestes.modifier_organismes(etude.entree, form.changements())
    choisi = form.cleaned_data.get("porteur")
    return (
        gestes.modifier_projet(entree, {"porteur": {"finess_ej": choisi}})
        if choisi in etude.comptes
        else entree
    )
