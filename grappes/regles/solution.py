"""From what a catalogue or a porteur says of a software to what the engine reads of it (E12–E17). Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from esms.aap.domaines import DOMAINES, HOPITAL
from esms.aap.eligibilite import Public


@dataclass(frozen=True, slots=True)
class SolutionConnue:
    """A software, whoever says it. `referencements`: domain → `reference` or `candidate`."""

    nom: str
    au_sad: bool
    referencements: Mapping[str, str]
    dpi_ght: bool = False


def domaines_concernes(
    publics: Collection[Public | None], dispenses: Collection[Public], *, dpi_ght: bool
) -> tuple[str, ...]:
    """Domains in which the software must be listed for these publics, in the order of DOMAINES.

    Those that the edition dispenses count only when there is no other (E13, E14, E15); the patient record of
    a hospital group is listed in the hospital's own (E16).
    """
    if dpi_ght:
        return (HOPITAL,)
    connus = {str(public) for public in publics if public is not None}
    tenus = connus - set(dispenses) or connus
    return tuple(domaine for domaine in DOMAINES if domaine in tenus)


def entree_de_la_solution(connue: SolutionConnue, domaines: Collection[str]) -> dict[str, Any]:
    """The `solution` section of the contract, without the quotes.

    Listed: in every domain concerned; without any known public, nothing is listed. Candidate: not listed, but
    at least candidate in each.
    """
    statuts = [connue.referencements.get(domaine) for domaine in domaines]
    referencee = bool(statuts) and all(statut == "reference" for statut in statuts)
    candidate = bool(statuts) and all(statut in ("reference", "candidate") for statut in statuts)
    return {
        "nom": connue.nom or None,
        "referencee_segur": referencee,
        "candidate_segur": candidate and not referencee,
        "au_sad": connue.au_sad,
        "dpi_ght": connue.dpi_ght,
    }
