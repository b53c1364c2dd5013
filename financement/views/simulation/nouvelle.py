"""Entry page: choose the call for projects, paste the numbers, read the result."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from esms.aap import editions
from esms.socle.dates import derniere_seconde, jour
from financement.actions.simulation import enregistrer
from financement.composition.entree import nouvelle as entree_nouvelle
from financement.forms.simulation_nouvelle import NouvelleForm
from financement.models import Simulation
from financement.views.simulation.ajout import commencer
from financement.views.simulation.publique import publique
from grappes.requetes_campagnes import campagnes_ouvertes, edition_de

RECHERCHER = "rechercher"


@publique("GET", "HEAD", "POST")
def nouvelle(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST makes the simulation and leads to its result, or to the search."""
    chercher = request.POST.get("geste") == RECHERCHER
    choisi = {"aap": request.GET["aap"]} if "aap" in request.GET else None  # from a card of the front page
    form = NouvelleForm(
        request.POST or None, request.FILES or None, numeros_attendus=not chercher, initial=choisi
    )
    compte_rendu = None
    if request.method == "POST" and form.is_valid():
        simulation, compte_rendu = _commencer(request, form)
        if simulation:
            return redirect("simulation:ajouter" if chercher else "simulation:resultat", cle=simulation.cle)
    contexte = {
        "titre": "Simuler ma subvention",
        "form": form,
        "fenetres": _fenetres(),
        "compte_rendu": compte_rendu,
    }
    return render(request, "financement/simulation/nouvelle.html", contexte)


def _commencer(request: HttpRequest, form: NouvelleForm) -> tuple[Simulation | None, dict[str, Any] | None]:
    """A project with what the form gives, or an empty one when it gives no number (search comes next)."""
    entree = entree_nouvelle(form.cleaned_data["aap"])
    if form.cleaned_data["numeros"] or form.cleaned_data["fichier"]:
        return commencer(request, entree, form)
    return enregistrer(entree=entree, par=None), None


def _fenetres() -> dict[str, str]:
    """Slug → when one files and whether that is now: dates of the open campagne, else the published ones."""
    maintenant = timezone.now()
    ouvertes = {campagne.edition: edition_de(campagne) for campagne in campagnes_ouvertes(maintenant)}
    phrases = {}
    for publiee in editions():
        edition = ouvertes.get(publiee.slug, publiee)
        depot = edition.calendrier.depot
        ouverture, fermeture = depot.bornes(edition.zone)
        etat = "à venir" if maintenant < ouverture else "ouvert" if maintenant < fermeture else "clos"
        phrases[edition.slug] = (
            f"Dépôt du {jour(depot.ouvre)} au {derniere_seconde(depot.ferme, edition.zone.key)}\u00a0: {etat}"
        )
    return phrases
