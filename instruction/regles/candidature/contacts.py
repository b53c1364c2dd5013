"""Operational contact and legal representative (E21, OCC §4.7 NB; every AAP needs both). Pure."""

from collections.abc import Mapping
from typing import Any

from esms.socle.citations import source
from instruction.regles.candidature.contexte import Contexte

ATTENDUS = {
    "contact_nom": "Le nom du contact opérationnel n’est pas renseigné",
    "contact_courriel": "L’adresse électronique du contact opérationnel n’est pas renseignée",
    "contact_telephone": "Le téléphone du contact opérationnel n’est pas renseigné",
    "representant_nom": "Le nom du représentant légal, signataire de la convention, n’est pas renseigné",
    "representant_fonction": "La qualité du représentant légal n’est pas renseignée",
    "representant_courriel": "L’adresse électronique du représentant légal n’est pas renseignée",
}


def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """Who to call and who signs: one sentence for each thing not given, with the rule when it has one."""
    regles = contexte.edition.regles
    citation = f" {source(regles['E21'][0][1], 'E21')}" if "E21" in regles else ""
    return tuple(
        f"{phrase}{citation}."
        for champ, phrase in ATTENDUS.items()
        if not str(contenu.get(champ) or "").strip()
    )
