"""Operational contact and legal representative (E21, OCC §4.7 NB; every AAP needs both). Pure."""

import re
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
    "representant_telephone": "Le téléphone du représentant légal n’est pas renseigné",
}
INDICATIFS = {"33": 9, "262": 9, "508": 6, "590": 9, "594": 9, "596": 9, "681": 6, "687": 6, "689": 8}
"""Country code of each part of France → digits of a number after it."""
_ORNEMENTS = re.compile(r"[\s\u00a0\u202f\u2009.\-/]|\(0\)")
_NATIONAL = re.compile(r"0[1-9][0-9]{8}", re.ASCII)
_INTERNATIONAL = re.compile(r"(?:\+|00)([1-9][0-9]{7,13})", re.ASCII)


def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """Who to call and who signs: one sentence for each thing not given, with the rule when it has one."""
    regles = contexte.edition.regles
    citation = f" {source(regles['E21'][0][1], 'E21')}" if "E21" in regles else ""
    return tuple(
        f"{phrase}{citation}."
        for champ, phrase in ATTENDUS.items()
        if not str(contenu.get(champ) or "").strip()
    )


def telephone(saisi: str) -> str | None:
    """A French number as it is read aloud: « 05 61 00 00 00 », « +590 590 12 34 56 »; None for anything else.

    Metropolitan and overseas numbers, with spaces, dots or hyphens as people type them.
    """
    net = _ORNEMENTS.sub("", saisi)
    if _NATIONAL.fullmatch(net):
        return " ".join(net[rang : rang + 2] for rang in range(0, 10, 2))
    if not (lu := _INTERNATIONAL.fullmatch(net)):
        return None
    for indicatif, longueur in INDICATIFS.items():
        suite = lu[1].removeprefix(indicatif)
        if lu[1].startswith(indicatif) and len(suite) == longueur and suite[0] != "0":
            tete = longueur % 2 and (1 if indicatif == "33" else 3)
            paires = [suite[rang : rang + 2] for rang in range(tete, longueur, 2)]
            return " ".join(filter(None, [f"+{indicatif}", suite[:tete], *paires]))
    return None
