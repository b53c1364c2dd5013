"""Adding what a person proposes to an entry. Pure: the register is given."""

from collections.abc import Mapping, Sequence
from typing import Any

from financement.composition import entree as gestes
from financement.composition.entree import ESSMS_MAX, Entree, TropDEssms
from financement.composition.tri import Proposition, Tri, trier
from financement.simulation import Referentiel
from grappes.regles import FicheEssms


def ajouter_propositions(
    entree: Mapping[str, Any],
    propositions: Sequence[Proposition],
    referentiel: Referentiel,
    *,
    operation: str,
    garder_inconnus: bool = False,
) -> tuple[Entree, Tri]:
    """The entry with the good ones, and the sorting. Raises TropDEssms."""
    justes = sorted({p.finess_et for p in propositions if p.erreur is None})
    if len(justes) > ESSMS_MAX:  # a long file full of repetitions and mistakes still gives its good lines
        raise TropDEssms(
            f"Vous donnez {len(justes)} numéros\u00a0: un projet compte au plus 5\u202f000 ESSMS. "
            "Rien n’a été ajouté."
        )
    fiches = referentiel.etablissements(justes)
    tri = trier(
        propositions,
        fiches,
        deja=frozenset(gestes.numeros(entree)),
        operation=operation,
        garder_inconnus=garder_inconnus,
        organismes=_organismes_parmi(propositions, fiches, referentiel),
    )
    return gestes.ajouter(entree, tri.retenus), tri


def _organismes_parmi(
    propositions: Sequence[Proposition], fiches: Mapping[str, FicheEssms], referentiel: Referentiel
) -> Mapping[str, int]:
    """Among the right numbers that name no establishment, those of organisms."""
    inconnus = sorted({p.finess_et for p in propositions if p.erreur is None} - fiches.keys())
    return referentiel.essms_geres(inconnus) if inconnus else {}


def porteur_par_defaut(entree: Mapping[str, Any], fiches: Mapping[str, FicheEssms]) -> Entree:
    """Make the organism with most ESSMS (then the lowest number) the porteur, unless one is still there."""
    porteur = entree.get("porteur") or {}
    comptes = comptes_par_organisme(entree, fiches)
    if not comptes or porteur.get("finess_ej") in comptes:
        return gestes.nette(entree)
    premier = min(comptes, key=lambda ej: (-comptes[ej], ej))
    return gestes.modifier_projet(entree, {"porteur": {**porteur, "finess_ej": premier, "region": None}})


def comptes_par_organisme(entree: Mapping[str, Any], fiches: Mapping[str, FicheEssms]) -> dict[str, int]:
    """FINESS EJ → number of its ESSMS in the project; ESSMS whose organism nobody knows are left out."""
    comptes: dict[str, int] = {}
    for essms in entree["essms"]:
        fiche = fiches.get(essms["finess_et"])
        finess_ej = essms.get("finess_ej") or (fiche.finess_ej if fiche else None)
        if finess_ej:
            comptes[finess_ej] = comptes.get(finess_ej, 0) + 1
    return comptes
