"""The way of a dossier through its life cycle, gesture by gesture, each in the hands that it asks for."""

from typing import TYPE_CHECKING, Any

from financement.actions.convention import emettre
from instruction.actions.cloture import clore
from instruction.actions.convention import constater_signature, preparer_convention, verser
from instruction.actions.decision import (
    clore_instruction,
    ecarter_ineligible,
    ecarter_irrecevable,
    inscrire_liste_complementaire,
    ne_pas_retenir,
    ouvrir_instruction,
    recevoir,
    retenir,
)
from instruction.actions.recevabilite import ouvrir_recevabilite, reorienter
from instruction.actions.retrait import se_desister
from instruction.actions.solde import solder
from instruction.etats import Etat

if TYPE_CHECKING:
    from tests.fabriques import Monde


def chemin(monde: "Monde", etat: str) -> list[tuple[str, list[Any]]]:
    """States from the draft to `etat`, or to the end, each with the gestures that lead there."""
    d = {"dossier": monde.dossier}
    agent, valideur, administrateur = monde.instructeur, monde.valideur, monde.administrateur
    fins: dict[str, tuple[str, Any]] = {
        Etat.COMPLEMENTS_DEMANDES: (Etat.RECEVABILITE, monde.demander),
        Etat.IRRECEVABLE: (
            Etat.RECEVABILITE,
            lambda: ecarter_irrecevable(**d, motif="Pièces illisibles.", par=agent),
        ),
        Etat.INELIGIBLE: (
            Etat.RECEVABILITE,
            lambda: ecarter_ineligible(**d, motif="Hors champ.", par=agent),
        ),
        Etat.REORIENTE: (
            Etat.RECEVABILITE,
            lambda: reorienter(**d, motif="Autre région pivot.", guichet="75", par=agent),
        ),
        Etat.LISTE_COMPLEMENTAIRE: (
            Etat.INSTRUIT,
            lambda: inscrire_liste_complementaire(**d, rang=1, motif="", par=valideur),
        ),
        Etat.NON_RETENU: (
            Etat.INSTRUIT,
            lambda: ne_pas_retenir(**d, motif="Enveloppe épuisée.", par=valideur),
        ),
        Etat.DESISTE: (
            Etat.DEPOSE,
            lambda: se_desister(**d, motif="Projet abandonné.", par=monde.porteur),
        ),
    }
    chemin: list[tuple[str, list[Any]]] = [
        (Etat.BROUILLON, []),
        (Etat.DEPOSE, [monde.deposer]),
        (Etat.RECEVABILITE, [lambda: ouvrir_recevabilite(**d, par=agent)]),
        (Etat.RECEVABLE, [monde.juger_tout, lambda: recevoir(**d, par=agent)]),
        (Etat.EN_INSTRUCTION, [lambda: ouvrir_instruction(**d, par=agent)]),
        (Etat.INSTRUIT, [monde.noter_tout, lambda: clore_instruction(**d, par=agent)]),
        (Etat.RETENU, [lambda: retenir(**d, motif="", par=valideur)]),
        (Etat.CONVENTION_A_SIGNER, [lambda: preparer_convention(**d, par=valideur)]),
        (
            Etat.CONVENTIONNE,
            [
                lambda: emettre(convention=monde.relire().grappe.convention, par=administrateur),
                lambda: constater_signature(**d, le=monde.jour(), par=administrateur),
            ],
        ),
        (
            Etat.EN_DEPLOIEMENT,
            [lambda: verser(**d, le=monde.jour(), reference="MANDAT-1", par=administrateur)],
        ),
        (Etat.SOLDE_DEMANDE, [monde.demander_solde]),
        (
            Etat.SOLDE,
            [lambda: solder(**d, le=monde.jour(), reference="MANDAT-2", par=monde.gestionnaire)],
        ),
        (Etat.CLOS, [lambda: clore(**d, par=administrateur)]),
    ]
    if etat not in fins:
        return chemin
    depart, fin = fins[etat]
    rang = [atteint for atteint, _ in chemin].index(depart)
    return [*chemin[: rang + 1], (etat, [fin])]
