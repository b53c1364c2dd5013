"""What the rules of a section are judged in: an edition, a small project, the engine's answer."""

from typing import Any

from esms.aap import Edition
from financement.simulation.resultat import evaluer
from instruction.regles.candidature.contexte import Contexte
from tests.moteur import OCC, projet


def contexte(edition: Edition = OCC, lignes: Any = 15, **champs: Any) -> Contexte:
    """Fifteen acquisitions of one organism of Occitanie, changed by `champs`."""
    propose = projet(lignes, **champs)
    return Contexte(edition, propose, evaluer(propose, edition))
