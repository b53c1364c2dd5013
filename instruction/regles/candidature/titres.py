"""How each section of a candidature is called, on every screen and in every message. Pure."""

from collections.abc import Mapping

TITRES: Mapping[str, str] = {
    "porteur": "Porteur",
    "contacts": "Contacts",
    "grappe": "Grappe et solution",
    "equipement": "Équipement",
    "projet": "Projet",
    "usages": "Stratégie d’usage",
    "risques": "Risques",
    "planning": "Planning",
    "budget": "Budget et plan de financement",
    "si": "Maturité du système d’information",
    "engagements": "Engagements",
    "pieces": "Pièces",
    "heures": "Heures des services d’aide à domicile",
}


def titre(cle: str) -> str:
    """The title of a section; its key in words for one that the portal no longer knows."""
    return TITRES.get(cle) or cle.replace("_", " ").capitalize()
