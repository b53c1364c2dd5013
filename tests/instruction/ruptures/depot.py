"""From the draft to the filing, and back."""

from typing import Any

from instruction.actions.certification import certifier
from instruction.actions.depot import deposer
from instruction.actions.retrait import retirer_depot, se_desister
from tests.fabriques import FICHE, Monde
from tests.instruction.ruptures.registre import a_l_instant, dans, permet, rompt


@permet("certifier")
def _certifier(monde: Monde) -> Any:
    return certifier(dossier=monde.dossier, par=monde.representant)


@rompt("certifier", 0)
def certifier_sans_contact(monde: Monde) -> Any:
    monde.ecrire("contacts", {**FICHE, "contact_nom": ""})
    return _certifier(monde)


@permet("deposer")
def _deposer(monde: Monde) -> Any:
    return deposer(dossier=monde.dossier, par=monde.porteur)


@rompt("deposer", 0, chaque="(règle C")
def deposer_trop_tard(monde: Monde) -> Any:
    return a_l_instant(dans(31), _deposer, monde)


@rompt("deposer", 0, chaque="(règle C")
def deposer_trop_tot(monde: Monde) -> Any:
    return a_l_instant(dans(-11), _deposer_en_certifiant, monde)


@rompt("deposer", 1)
def deposer_sans_contact(monde: Monde) -> Any:
    monde.ecrire("contacts", {**FICHE, "contact_nom": ""})
    return _deposer_en_certifiant(monde)


def _deposer_en_certifiant(monde: Monde) -> Any:
    """Certified by the very gesture: nothing else is missing."""
    return deposer(dossier=monde.dossier, par=monde.representant, certifie=True)


@rompt("deposer", 2)
def deposer_autre_chose_que_ce_qui_est_certifie(monde: Monde) -> Any:
    monde.ecrire("contacts", {**FICHE, "contact_nom": "Quelqu’un d’autre"})
    return _deposer(monde)


@permet("retirer_depot")
def _retirer(monde: Monde) -> Any:
    return retirer_depot(dossier=monde.dossier, par=monde.porteur)


@rompt("retirer_depot", 0)
def retirer_trop_tard(monde: Monde) -> Any:
    return a_l_instant(dans(31), _retirer, monde)


@permet("se_desister")
def _se_desister(monde: Monde, motif: str = "Fusion.") -> Any:
    return se_desister(dossier=monde.dossier, motif=motif, par=monde.porteur)


@rompt("se_desister", 0)
def se_desister_sans_motif(monde: Monde) -> Any:
    return _se_desister(monde, " ")
