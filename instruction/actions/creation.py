"""From a simulation to a draft, and changing the grappe of a draft."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from esms.aap.eligibilite import Operation
from esms.comptes.models import Utilisateur
from financement.actions.simulation import enregistrer, garder
from financement.models import Simulation
from financement.simulation import Resultat
from grappes.actions.grappe import creer_grappe, recomposer_grappe
from grappes.models import Campagne
from grappes.requetes_campagnes import edition_de, est_ouverte
from grappes.requetes_organismes import noms_des_organismes
from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import GesteRefuse, consigner, exiger, verrouiller
from instruction.models import Dossier
from instruction.requetes import calculer


class BrouillonExistant(GesteRefuse):
    """The organism already has a draft in this campagne, and nobody said that another one was wanted."""


@transaction.atomic
def creer(
    *,
    identifiant: UUID,
    simulation: Simulation,
    campagne: Campagne,
    organisme: str,
    par: Utilisateur,
    autre: bool = False,
) -> Dossier:
    """Make the draft `identifiant` from a simulation, carried by `organisme` (FINESS EJ) in an open campagne.

    The identifier is drawn with the form: the same form sent twice makes one draft. Raises PermissionDenied
    when `par` does not act for the organism, GesteRefuse when the simulation does not fit,
    BrouillonExistant when the organism has a draft in this campagne, unless `autre` is wanted.
    """
    if organisme not in droits_de(par).organismes:
        raise PermissionDenied("organisme")
    # One creation at a time per campagne: a form sent twice waits here, then finds the draft.
    campagne = Campagne.objects.select_for_update().get(pk=campagne.pk)
    existant = Dossier.objects.filter(pk=identifiant).first()
    if existant is not None:
        return _le_sien(existant, par)
    if not autre and _brouillons(campagne, organisme).exists():
        raise BrouillonExistant("Un brouillon existe déjà pour cet organisme dans cette campagne.")
    entree, resultat = _calculer(simulation, campagne, organisme)
    if not est_ouverte(campagne, timezone.now()):
        raise GesteRefuse("Cette campagne n’est pas ouverte aujourd’hui.")
    garder(simulation=simulation, par=par)
    grappe = creer_grappe(campagne=campagne, entree=entree, par=par, **situations(resultat))
    dossier = Dossier.objects.create(
        pk=identifiant,
        campagne=campagne,
        grappe=grappe,
        simulation=simulation,
        organisme=organisme,
        nom_porteur=_nom(organisme),
        nombre_essms=len(resultat.projet.essms),
        montant=resultat.financement.total,
        cree_le=timezone.now(),
        cree_par=par,
    )
    consigner(dossier, "creer", par, simulation=simulation.cle, campagne=campagne.sigle)
    return dossier


@transaction.atomic
def creer_sans_simulation(
    *,
    identifiant: UUID,
    campagne: Campagne,
    organisme: str,
    essms: Sequence[str],
    operation: Operation,
    par: Utilisateur,
    autre: bool = False,
) -> Dossier:
    """Make a draft of these ESSMS (FINESS ET), all for the same operation.

    Raises what `creer` raises.
    """
    entree = {
        "aap": campagne.edition,
        "porteur": {"finess_ej": organisme},
        "essms": [{"finess_et": numero, "operation": operation} for numero in essms],
    }
    return creer(
        identifiant=identifiant,
        simulation=enregistrer(entree=entree, par=par),
        campagne=campagne,
        organisme=organisme,
        par=par,
        autre=autre,
    )


@transaction.atomic
def changer_de_simulation(*, dossier: Dossier, simulation: Simulation, par: Utilisateur) -> Dossier:
    """Replace the grappe of a draft by another simulation; the same one again changes nothing.

    Raises GesteRefuse when it does not fit the campagne or the porteur. Texts and pieces stay.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    if actuel.simulation_id == simulation.pk:
        return actuel
    entree, resultat = _calculer(simulation, actuel.campagne, actuel.organisme)
    garder(simulation=simulation, par=par)
    recomposer_grappe(grappe=actuel.grappe, entree=entree, par=par, **situations(resultat))
    avant = actuel.simulation_id
    actuel.simulation = simulation
    actuel.nombre_essms, actuel.montant = len(resultat.projet.essms), resultat.financement.total
    actuel.save()
    consigner(actuel, "changer_de_simulation", par, avant=avant, simulation=simulation.cle)
    return actuel


def _brouillons(campagne: Campagne, organisme: str) -> QuerySet[Dossier]:
    return Dossier.objects.filter(campagne=campagne, organisme=organisme, etat=etats.Etat.BROUILLON)


def _le_sien(dossier: Dossier, par: Utilisateur) -> Dossier:
    """The draft that the same person has just made with the same form."""
    if dossier.cree_par_id != par.pk:
        raise GesteRefuse("Ce formulaire a déjà servi\u00a0: rouvrez la page de création.")
    return dossier


def _calculer(simulation: Simulation, campagne: Campagne, organisme: str) -> tuple[dict[str, Any], Resultat]:
    """The entry carried by `organisme`, and what the engine says of it."""
    entree = dict(simulation.entree)
    if entree["aap"] != campagne.edition:
        raise GesteRefuse("Cette simulation porte sur un autre appel à projets que la campagne choisie.")
    if not entree["essms"]:
        raise GesteRefuse("Cette simulation ne contient aucun ESSMS.")
    porteur = dict(entree.get("porteur") or {})
    if porteur.setdefault("finess_ej", organisme) != organisme:
        raise GesteRefuse(
            f"Cette simulation désigne un autre porteur ({porteur['finess_ej']}). "
            "Changez le porteur dans le simulateur, ou choisissez l’organisme correspondant."
        )
    entree["porteur"] = porteur
    return entree, calculer(entree, edition_de(campagne))


def situations(resultat: Resultat) -> dict[str, dict[str, str]]:
    """Region and organism of each ESSMS, as the engine read them."""
    essms = resultat.projet.essms
    return {
        "regions": {e.finess_et: e.region or "" for e in essms},
        "gestionnaires": {e.finess_et: e.finess_ej or "" for e in essms},
    }


def _nom(finess_ej: str) -> str:
    return noms_des_organismes((finess_ej,))[finess_ej]
