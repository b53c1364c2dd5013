"""What the register does not know of the porteur: its SIRET (the register only holds the SIREN). Pure."""

from collections.abc import Mapping
from typing import Any

from instruction.regles.candidature.contexte import Contexte

SIRET = 14
_LA_POSTE = "356000000"


def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """The convention and the payments name the porteur by its SIRET."""
    if not str(contenu.get("siret") or "").strip():
        return ("Le numéro SIRET du porteur n’est pas renseigné.",)
    return ()


def refus_du_siret(siret: str, siren: str) -> str:
    """Why this SIRET (digits only) is refused, in French; empty when it holds.

    `siren` is the one of the register, empty when unknown. Luhn's key; the establishments of La Poste, whose
    digits add up to a multiple of five instead, are right too.
    """
    if len(siret) != SIRET or not (siret.isascii() and siret.isdigit()):
        return "Un numéro SIRET compte 14 chiffres."
    if not (_luhn(siret) or (siret.startswith(_LA_POSTE) and sum(map(int, siret)) % 5 == 0)):
        return "Ce numéro SIRET n’existe pas\u00a0: sa clé est fausse. Vérifiez chaque chiffre."
    if siren and not siret.startswith(siren):
        return f"Ce numéro SIRET n’est pas celui du porteur, dont le SIREN est {siren}."
    return ""


def _luhn(chiffres: str) -> bool:
    somme = 0
    for rang, chiffre in enumerate(reversed(chiffres)):
        double = int(chiffre) * (1 + rang % 2)
        somme += double - 9 if double > 9 else double
    return somme % 10 == 0
