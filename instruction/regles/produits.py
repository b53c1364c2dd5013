"""The documents that are written whole from what is typed (P1, P2, P3, P9a, P9b), and from what. Pure.

Such a document repeats the candidature: the digest of what it was written from tells when it no longer does.
What the register says (names, towns) is not part of it: an import of FINESS makes no document out of date.
"""

from collections.abc import Mapping
from typing import Any

from esms.aap import Edition
from esms.socle import canonique
from grappes.regles import regle

CANDIDATURE = "P1"
DETAILLEES: Mapping[str, tuple[str, ...]] = {
    "planning": ("P2",),
    "budget": ("P3",),
    "equipement": ("P9a", "P9b"),
}
"""Sections that have documents of their own, where the edition asks for them: P1 does not repeat them."""
PRODUITS = (CANDIDATURE, *(code for codes in DETAILLEES.values() for code in codes))
NON_TYPEES = frozenset(["pieces"])
CONFIRMEES = frozenset(["grappe"])
"""Sections finished by others too: P1 does not wait for them, and is written again if they change."""


@regle("P1", "P2", "P3", "P9a", "P9b")
def sections_de(code: str, edition: Edition) -> tuple[str, ...]:
    """Keys of the sections that the document `code` prints, in the order of the edition."""
    if code != CANDIDATURE:
        return tuple(cle for cle, codes in DETAILLEES.items() if code in codes)
    return tuple(
        demandee.cle
        for demandee in edition.candidature.sections
        if demandee.cle not in NON_TYPEES and not documents_de(demandee.cle, edition)
    )


def documents_de(cle: str, edition: Edition) -> tuple[str, ...]:
    """Codes of the documents that print this section in full, if this edition asks for them."""
    return tuple(code for code in DETAILLEES.get(cle, ()) if edition.piece(code) is not None)


def empreinte(
    code: str, edition: Edition, candidature: Mapping[str, Any], entree: Mapping[str, Any], porteur: str
) -> str:
    """SHA-256 of what the document `code` is written from.

    `candidature`: contents by section; `entree`: the contract's entry; `porteur`: its name, as the dossier
    has it.
    """
    return canonique.empreinte(
        {
            "document": code,
            "porteur": porteur,
            "sections": {cle: candidature.get(cle, {}) for cle in sections_de(code, edition)},
            "entree": _part_de_l_entree(code, entree),
        }
    )


def _part_de_l_entree(code: str, entree: Mapping[str, Any]) -> dict[str, Any]:
    """What the document takes from the grappe, never the instant."""
    if code == CANDIDATURE:
        return {cle: valeur for cle, valeur in entree.items() if cle != "depose_le"}
    if code in DETAILLEES["equipement"]:
        return {e["finess_et"]: e["materiel"] for e in entree["essms"] if e.get("materiel") is not None}
    if code in DETAILLEES["budget"]:
        return {"tva_recuperee": bool((entree.get("porteur") or {}).get("tva_recuperee"))}
    return {}
