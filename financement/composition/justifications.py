"""Which answers depart from FINESS, and so call for a justification (E1, E2, F4). Pure."""

from collections.abc import Mapping
from typing import Any

from grappes.regles import FicheEssms


def essms_a_justifier(
    entree: Mapping[str, Any], fiches: Mapping[str, FicheEssms]
) -> dict[str, tuple[str, ...]]:
    """FINESS ET → what is said otherwise than by the register, in French; ESSMS it does not know left out."""
    trouves = {}
    for essms in entree["essms"]:
        fiche = fiches.get(essms["finess_et"])
        ecarts = ecarts_de_l_essms(essms, fiche) if fiche else ()
        if ecarts:
            trouves[essms["finess_et"]] = ecarts
    return trouves


def ecarts_de_l_essms(essms: Mapping[str, Any], fiche: FicheEssms) -> tuple[str, ...]:
    """« public » and « catégorie », when they were corrected."""
    comparees = (
        ("public", essms.get("public"), fiche.public),
        ("catégorie", essms.get("categorie"), fiche.categorie),
    )
    return tuple(mot for mot, dit, connu in comparees if dit and dit != connu)


def organismes_a_justifier(entree: Mapping[str, Any], geres: Mapping[str, int]) -> tuple[str, ...]:
    """FINESS EJ whose total of ESSMS was corrected: it decides who is small."""
    return tuple(
        organisme["finess_ej"]
        for organisme in entree.get("organismes") or ()
        if (dit := organisme.get("essms_geres")) is not None and dit != geres.get(organisme["finess_ej"])
    )
