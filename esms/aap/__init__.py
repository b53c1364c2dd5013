"""Editions of the AAP « ESMS numérique »: one TOML file each, typed and cited. Pure."""

from .catalogue import EditionInconnue, edition, editions
from .chargeur import EditionInvalide, charger
from .edition import Edition
from .regle import CATALOGUE, RANG_DES_REGLES, Regle

__all__ = [
    "CATALOGUE",
    "RANG_DES_REGLES",
    "Edition",
    "EditionInconnue",
    "EditionInvalide",
    "Regle",
    "charger",
    "edition",
    "editions",
]
