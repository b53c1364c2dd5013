"""What is missing in each section of a candidature, in sentences. Pure.

A section adds one line to MANQUES; the task list, the check page and the filing read nothing else. Which
sections an edition asks for, in which order, and whether they are required, is its `candidature` table.
"""

from collections.abc import Callable, Mapping
from typing import Any

from instruction.regles.candidature import (
    budget_manques,
    contacts,
    engagements,
    equipement,
    planning,
    porteur,
    projet,
    risques,
    si,
    usages,
)
from instruction.regles.candidature.contexte import Contexte

Manques = Callable[[Mapping[str, Any], Contexte], tuple[str, ...]]

MANQUES: Mapping[str, Manques] = {
    "porteur": porteur.manques,
    "contacts": contacts.manques,
    "projet": projet.manques,
    "usages": usages.manques,
    "risques": risques.manques,
    "planning": planning.manques,
    "budget": budget_manques.manques,
    "equipement": equipement.manques,
    "si": si.manques,
    "engagements": engagements.manques,
}

__all__ = ["MANQUES", "Contexte", "Manques"]
