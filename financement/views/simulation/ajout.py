"""Adding ESSMS: numbers pasted, a file, a search, or a whole organism."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers

from esms.socle import tableurs
from financement.actions.simulation import enregistrer
from financement.composition.ajout import ajouter_propositions, porteur_par_defaut
from financement.composition.entree import TropDEssms, numeros
from financement.composition.tableau import lire_tableau
from financement.composition.tri import Ecart, Proposition
from financement.etude import ReferentielLu
from financement.forms.simulation_nouvelle import AjoutForm
from financement.models import Simulation
from financement.recherche import essms_de_l_organisme, rechercher
from financement.views.simulation import ecarts
from financement.views.simulation.lecture import contexte_de, etude_ou_404
from financement.views.simulation.publique import publique
from grappes.finess.numero import lire_liste
from grappes.requetes import ReferentielFiness


@publique("GET", "HEAD", "POST")
def ajouter(request: HttpRequest, cle: str) -> HttpResponse:
    """GET shows the ways to add, and what a search `q` finds; POST adds and leads to the list."""
    etude = etude_ou_404(cle)
    form = AjoutForm(_donnees(request), request.FILES or None) if request.method == "POST" else AjoutForm()
    compte_rendu = None
    if request.method == "POST" and form.is_valid():
        simulation, compte_rendu = ajouter_du_formulaire(request, etude.entree, form)
        if simulation:
            return redirect("simulation:essms", cle=simulation.cle)
    contexte = contexte_de(request, etude, "Ajouter des ESSMS", "essms") | {"form": form}
    contexte["compte_rendu"] = compte_rendu
    contexte["recherche"] = rechercher(request.GET.get("q", ""), deja=frozenset(numeros(etude.entree)))
    gabarit = "_trouves.html" if request.headers.get("HX-Request") else "ajouter.html"
    reponse = render(request, f"financement/simulation/{gabarit}", contexte)
    patch_vary_headers(reponse, ["HX-Request"])
    return reponse


def _donnees(request: HttpRequest) -> Mapping[str, Any]:
    """The posted fields; « all the ESSMS of this organism » becomes its numbers."""
    organisme = request.POST.get("organisme")
    if not organisme:
        return request.POST
    donnees = request.POST.copy()
    donnees["numeros"] = " ".join(essms_de_l_organisme(organisme))
    return donnees


def ajouter_du_formulaire(
    request: HttpRequest, entree: Mapping[str, Any], form: forms.Form
) -> tuple[Simulation | None, dict[str, Any] | None]:
    """Add what a valid form gives: the new simulation, or None with the report of why there is none."""
    try:
        propositions, illisibles = _propositions(form.cleaned_data)
        nouvelle, tri = ajouter_propositions(
            entree,
            propositions,
            ReferentielFiness(),
            operation=form.cleaned_data["operation"],
            garder_inconnus=form.cleaned_data["garder_inconnus"],
        )
    except (TropDEssms, tableurs.TableurRefuse) as refus:
        form.add_error("fichier" if form.cleaned_data.get("fichier") else "numeros", str(refus))
        return None, None
    tri = tri.avec(illisibles)
    if not tri.retenus:
        return None, ecarts.compte_rendu(0, tri.ecarts, form.cleaned_data["operation"])
    nouvelle = porteur_par_defaut(nouvelle, ReferentielLu(numeros(nouvelle)).fiches)
    simulation = enregistrer(entree=nouvelle, par=None)
    ecarts.retenir(request, simulation.cle, tri, form.cleaned_data["operation"])
    return simulation, None


def _propositions(propre: Mapping[str, Any]) -> tuple[list[Proposition], list[Ecart]]:
    """What the text and the file propose. Raises TableurRefuse."""
    propositions = [
        Proposition(numero, erreur=erreur) for numero, erreur in lire_liste(propre.get("numeros") or "")
    ]
    fichier = propre.get("fichier")
    if fichier is None:
        return propositions, []
    if fichier.size > tableurs.TAILLE_MAX:
        raise tableurs.TableurRefuse("Ce fichier dépasse 20\u00a0Mo.")
    lues, illisibles = lire_tableau(tableurs.lire(fichier.name, fichier.read()))
    return [*propositions, *lues], illisibles
