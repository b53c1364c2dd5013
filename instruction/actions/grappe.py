"""Changing the composition of a draft, and having the other organisms confirm their part of it.

Every gesture makes another simulation (content-addressed): the history of a grappe is that of its keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from esms.comptes.models import Role, Utilisateur
from esms.courriels.actions.ecriture import ecrire
from esms.habilitations.actions.invitation import inviter
from financement.actions.refus import CompositionDepassee
from financement.actions.simulation import enregistrer, garder
from financement.composition.entree import Entree, essms_de, modifier_projet, nette, numeros
from financement.models import Simulation
from financement.simulation import EntreeInvalide, Resultat, completer, evaluer, lire
from grappes.actions import participation as participations
from grappes.actions.grappe import choisir_solution, justifier, recomposer_grappe
from grappes.models import Grappe, Participation, Solution
from grappes.requetes import ReferentielFiness
from grappes.requetes_campagnes import edition_de
from grappes.requetes_grappes import entree_de, parts_de_la_grappe, solution_connue
from grappes.requetes_organismes import noms_des_organismes
from instruction import etats
from instruction.acces import organismes_partages
from instruction.actions.creation import changer_de_simulation, situations
from instruction.actions.garde import EtatDepasse, GesteRefuse, consigner, exiger, verrouiller
from instruction.models import Dossier
from instruction.requetes_grappe import avec_la_solution


@dataclass(frozen=True, slots=True)
class Choix:
    """The software of the grappe: one of the catalogue, or None and what is declared of it."""

    solution: Solution | None
    declaration: Mapping[str, Any]


@transaction.atomic
def recomposer(
    *,
    dossier: Dossier,
    entree: Mapping[str, Any],
    sur: str,
    par: Utilisateur,
    justifications: Mapping[str, str] | None = None,
    choix: Choix | None = None,
) -> Simulation:
    """Replace the composition of a draft, if it is still `sur` (key of the simulation that was read).

    The same content again changes nothing: a double click has one effect. Raises CompositionDepassee (409),
    GesteRefuse when the dossier cannot hold it, EtatDepasse once filed, PermissionDenied without the role.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    return _remplacer(actuel, entree, sur, par, justifications or {}, choix)


@transaction.atomic
def reprendre_une_simulation(*, dossier: Dossier, simulation: Simulation, par: Utilisateur) -> Dossier:
    """Replace the whole grappe of a draft by a simulation of the public simulator.

    A software chosen before stays chosen when the simulation names it. Raises as `changer_de_simulation`.
    """
    actuel = changer_de_simulation(dossier=dossier, simulation=simulation, par=par)
    grappe = Grappe.objects.select_related("campagne", "solution_choisie").get(pk=actuel.grappe_id)
    connue = solution_connue(grappe)
    if connue is not None and connue.nom != (grappe.solution or {}).get("nom"):
        choisir_solution(grappe=grappe, solution=None, declaration={}, par=par)
    justifier(grappe=grappe, justifications={}, par=par)
    prevenir_des_parts_changees(actuel, par)
    return actuel


@transaction.atomic
def corriger_sa_part(
    *,
    dossier: Dossier,
    finess_et: str,
    entree: Mapping[str, Any],
    sur: str,
    par: Utilisateur,
    justifications: Mapping[str, str] | None = None,
) -> Simulation:
    """The same, for an invited organism, on the answers of one of its own ESSMS: the rest must not move.

    Raises PermissionDenied for anything else.
    """
    actuel = verrouiller(dossier)
    if actuel.etat != etats.Etat.BROUILLON:
        raise EtatDepasse("Ce dossier n’est plus un brouillon\u00a0: ses réponses ne se corrigent plus.")
    exiger_sa_part(actuel, finess_et, par)
    actuelle = nette(entree_de(actuel.grappe))
    corrige = essms_de(entree, finess_et)
    ancien = essms_de(actuelle, finess_et)
    if corrige is None or ancien is None or corrige.get("finess_ej") != ancien.get("finess_ej"):
        raise GesteRefuse("Seul le porteur change l’organisme d’un ESSMS.")
    autres = [essms if essms["finess_et"] != finess_et else corrige for essms in actuelle["essms"]]
    if actuel.simulation_id == sur and nette(entree) != nette({**actuelle, "essms": autres}):
        raise PermissionDenied("autres ESSMS")
    if set(justifications or {}) - {finess_et}:
        raise PermissionDenied("autres justifications")
    return _remplacer(actuel, entree, sur, par, justifications or {}, None)


@transaction.atomic
def inviter_organisme(*, dossier: Dossier, finess_ej: str, courriel: str, par: Utilisateur) -> Participation:
    """Invite somebody of another organism of the grappe to confirm its ESSMS; again: a new link is sent.

    Raises GesteRefuse for an organism that is not another one of the grappe; what `inviter` raises.
    """
    actuel = verrouiller(dossier)
    exiger(etats.MODIFIER, actuel, par)
    if finess_ej == actuel.organisme or finess_ej not in parts_de_la_grappe(actuel.grappe):
        raise GesteRefuse("Cet organisme n’est pas un autre membre de la grappe.")
    participation = participations.inviter_organisme(
        grappe=actuel.grappe, finess_ej=finess_ej, courriel=courriel, par=par
    )
    inviter(
        courriel=courriel,
        role=Role.MEMBRE,
        par=par,
        organisme=finess_ej,
        lien_apres=reverse("dossiers:grappe_membre", args=[actuel.pk]),
        portee=actuel.pk,
    )
    consigner(actuel, "inviter_organisme", par, finess_ej=finess_ej)
    return participation


@transaction.atomic
def confirmer_sa_part(*, dossier: Dossier, finess_ej: str, empreinte: str, par: Utilisateur) -> Participation:
    """« Je confirme les ESSMS de mon organisme et leurs réponses », as they were read (`empreinte`).

    The porteur is told. Raises EtatDepasse when they changed meanwhile or the dossier was filed,
    PermissionDenied when `par` does not answer for that organism here.
    """
    actuel = verrouiller(dossier)
    if actuel.etat != etats.Etat.BROUILLON:
        raise EtatDepasse("Ce dossier n’est plus un brouillon\u00a0: il ne se confirme plus.")
    if finess_ej not in organismes_partages(par, actuel):
        raise PermissionDenied("organisme")
    try:
        participation = participations.confirmer(
            grappe=actuel.grappe, finess_ej=finess_ej, empreinte=empreinte, par=par
        )
    except participations.PartDepassee as depassee:
        raise EtatDepasse(
            "Les ESSMS de votre organisme ont changé pendant votre lecture\u00a0: "
            "relisez-les, puis confirmez."
        ) from depassee
    except Participation.DoesNotExist as absente:
        raise PermissionDenied("invitation") from absente
    consigner(actuel, "confirmer_sa_part", par, finess_ej=finess_ej, empreinte=empreinte)
    _prevenir_le_porteur(actuel, participation)
    return participation


def exiger_sa_part(dossier: Dossier, finess_et: str, par: Utilisateur) -> None:
    """PermissionDenied unless this ESSMS of the grappe is of an organism that `par` answers for."""
    siens = dossier.grappe.essms.filter(finess_et=finess_et, finess_ej__in=organismes_partages(par, dossier))
    if not siens.exists():
        raise PermissionDenied("essms")


def _remplacer(
    actuel: Dossier,
    entree: Mapping[str, Any],
    sur: str,
    par: Utilisateur,
    justifications: Mapping[str, str],
    choix: Choix | None,
) -> Simulation:
    """Under the lock of the dossier: solution, composition, justifications, confirmations, journal."""
    if actuel.simulation_id != sur:
        if nette(entree) == nette(entree_de(actuel.grappe)):
            return actuel.simulation  # the same form sent twice
        raise CompositionDepassee
    if choix is not None:
        actuel.grappe = choisir_solution(
            grappe=actuel.grappe, solution=choix.solution, declaration=choix.declaration, par=par
        )
    entree, resultat = _calculer(actuel, nette(entree))
    simulation = enregistrer(entree=entree, par=par)
    avant = actuel.simulation_id
    if nette(entree) != nette(entree_de(actuel.grappe)):
        garder(simulation=simulation, par=par)
        recomposer_grappe(grappe=actuel.grappe, entree=entree, par=par, **situations(resultat))
        actuel.simulation = simulation
        actuel.nombre_essms, actuel.montant = len(resultat.projet.essms), resultat.financement.total
        actuel.save()
        consigner(actuel, "changer_de_simulation", par, avant=avant, simulation=simulation.cle)
    justifier(grappe=actuel.grappe, justifications=justifications, par=par)
    prevenir_des_parts_changees(actuel, par)
    return actuel.simulation


def _calculer(dossier: Dossier, entree: Entree) -> tuple[Entree, Resultat]:
    """The entry carried by the porteur, with the software that its grappe has chosen, and its result."""
    if not numeros(entree):
        raise GesteRefuse(
            "Une grappe compte au moins un ESSMS\u00a0: ajoutez-en un autre avant de retirer celui-ci."
        )
    edition = edition_de(dossier.campagne)
    entree = modifier_projet(entree, {"porteur": {"finess_ej": dossier.organisme}})
    try:
        projet = completer(lire(entree), ReferentielFiness())
        entree = avec_la_solution(entree, dossier.grappe, projet)
        projet = replace(projet, solution=lire(entree).projet.solution)
    except EntreeInvalide as invalide:
        raise GesteRefuse(*(faute for fautes in invalide.erreurs.values() for faute in fautes)) from invalide
    return entree, evaluer(projet.en_candidature(), edition)


def prevenir_des_parts_changees(dossier: Dossier, par: Utilisateur) -> None:
    """Confirmations of what has just changed become « à revoir », and who had confirmed is told once."""
    for participation in participations.revoir(grappe=dossier.grappe, par=par):
        personne = participation.confirmee_par
        ecrire(
            gabarit="part_a_revoir",
            a=personne.courriel if personne else participation.courriel,
            destinataire=personne,
            contexte={"campagne": dossier.campagne.titre, "porteur": dossier.nom_porteur},
            lien=reverse("dossiers:grappe_membre", args=[dossier.pk]),
            cle=f"part_a_revoir:{participation.pk}:{participation.empreinte}:{dossier.simulation_id}",
            chaine=dossier.chaine,
            ars=dossier.campagne.ars,
        )


def _prevenir_le_porteur(dossier: Dossier, participation: Participation) -> None:
    invitante = participation.invitee_par
    ecrire(
        gabarit="part_confirmee",
        a=invitante.courriel,
        destinataire=invitante,
        contexte={"campagne": dossier.campagne.titre, "organisme": _nom(participation.finess_ej)},
        lien=reverse("dossiers:grappe", args=[dossier.pk]),
        cle=f"part_confirmee:{participation.pk}:{participation.empreinte}:{participation.confirmee_le}",
        chaine=dossier.chaine,
        ars=dossier.campagne.ars,
    )


def _nom(finess_ej: str) -> str:
    return noms_des_organismes([finess_ej])[finess_ej]
