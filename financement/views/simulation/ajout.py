"""Adding ESSMS: numbers pasted, a file, a search, or a whole organism."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from esms.socle import tableurs
from financement.actions.refus import CompositionDepassee, GesteRefuse
from financement.actions.simulation import enregistrer
from financement.composition.ajout import ajouter_propositions, porteur_par_defaut
from financement.composition.entree import Entree, TropDEssms, numeros
from financement.composition.tableau import lire_tableau
from financement.composition.tri import Ecart, Proposition, Tri
from financement.etude import ReferentielLu
from financement.forms.simulation_nouvelle import AjoutForm
from financement.models import Simulation
from financement.recherche import essms_de_l_organisme, rechercher
from financement.views.simulation import ecarts
from financement.views.simulation.atelier import Atelier, AtelierPublic
from financement.views.simulation.edition import statut
from financement.views.simulation.publique import publique
from grappes.finess.numero import lire_liste
from grappes.requetes import ReferentielFiness


@publique("GET", "HEAD", "POST")
def ajouter(request: HttpRequest, cle: str) -> HttpResponse:
    """GET shows the ways to add, and what a search `q` finds; POST adds and leads to the list."""
    return ecran_d_ajout(AtelierPublic.ouvrir(request, cle))


def ecran_d_ajout(atelier: Atelier) -> HttpResponse:
    """The same, wherever the composition lives.

    Adding is a union: nothing that somebody else typed is overwritten, so a form made on an older composition
    is taken; only a write at the very same instant is refused (409).
    """
    request = atelier.request
    form = AjoutForm(_donnees(request), request.FILES or None) if request.method == "POST" else AjoutForm()
    compte_rendu = None
    if request.method == "POST" and form.is_valid():
        ajout = lire_l_ajout(atelier.etude.entree, form)
        simulation = _enregistrer(atelier, form, ajout) if ajout and ajout.tri.retenus else None
        if ajout and simulation:
            ecarts.retenir(request, simulation.cle, ajout.tri, form.cleaned_data["operation"])
            return atelier.suite(simulation, "essms")
        compte_rendu = ajout.compte_rendu if ajout and not ajout.tri.retenus else None
    contexte = atelier.contexte("Ajouter des ESSMS", "essms") | {"form": form}
    contexte["compte_rendu"] = compte_rendu
    deja = frozenset(numeros(atelier.etude.entree))
    contexte["recherche"] = rechercher(request.GET.get("q", ""), deja=deja)
    gabarit = "_trouves.html" if request.headers.get("HX-Request") else "ajouter.html"
    reponse = render(request, f"financement/simulation/{gabarit}", contexte, status=statut(atelier))
    patch_vary_headers(reponse, ["HX-Request"])
    return reponse


def _enregistrer(atelier: Atelier, form: forms.Form, ajout: "Ajout") -> Simulation | None:
    try:
        return atelier.enregistrer(atelier.normalisee(ajout.entree), sur=atelier.version)
    except CompositionDepassee:
        atelier.recharger()
    except GesteRefuse as refus:
        form.add_error(None, list(refus.phrases))
    return None


def _donnees(request: HttpRequest) -> Mapping[str, Any]:
    """The posted fields; « all the ESSMS of this organism » becomes its numbers."""
    organisme = request.POST.get("organisme")
    if not organisme:
        return request.POST
    donnees = request.POST.copy()
    donnees["numeros"] = " ".join(essms_de_l_organisme(organisme))
    return donnees


@dataclass(frozen=True, slots=True)
class Ajout:
    """The entry with what a form adds, the sorting, and the operation chosen."""

    entree: Entree
    tri: Tri
    operation: str

    @property
    def compte_rendu(self) -> dict[str, Any]:
        """Report of an adding that kept nothing."""
        return ecarts.compte_rendu(0, self.tri.ecarts, self.operation)


def lire_l_ajout(entree: Mapping[str, Any], form: forms.Form) -> Ajout | None:
    """What a valid form adds; None when it cannot be read, which the form then says."""
    operation = form.cleaned_data["operation"]
    try:
        propositions, illisibles = _propositions(form.cleaned_data)
        nouvelle, tri = ajouter_propositions(
            entree,
            propositions,
            ReferentielFiness(),
            operation=operation,
            garder_inconnus=form.cleaned_data["garder_inconnus"],
        )
    except (TropDEssms, tableurs.TableurRefuse) as refus:
        form.add_error("fichier" if form.cleaned_data.get("fichier") else "numeros", str(refus))
        return None
    return Ajout(nouvelle, tri.avec(illisibles), operation)


def commencer(
    request: HttpRequest, entree: Mapping[str, Any], form: forms.Form
) -> tuple[Simulation | None, dict[str, Any] | None]:
    """First simulation of a public visitor: None with the report of why there is none."""
    ajout = lire_l_ajout(entree, form)
    if ajout is None or not ajout.tri.retenus:
        return None, ajout.compte_rendu if ajout else None
    nouvelle = porteur_par_defaut(ajout.entree, ReferentielLu(numeros(ajout.entree)).fiches)
    simulation = enregistrer(entree=nouvelle, par=None)
    ecarts.retenir(request, simulation.cle, ajout.tri, ajout.operation)
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
