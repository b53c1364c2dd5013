"""How an entry is sealed, and how a chain is read again to find what was tampered with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

from esms.journal.models import Entree
from esms.socle import canonique

RECUL_ADMIS = timedelta(minutes=1)
"""How far a clock that is set right may step back; beyond, an entry is said to be back-dated."""


def contenu_scelle(entree: Entree) -> dict[str, Any]:
    """Everything the hash of an entry covers; dates in UTC to the microsecond."""
    return {
        "chaine": entree.chaine,
        "rang": entree.rang,
        "le": entree.le.astimezone(UTC).isoformat(timespec="microseconds"),
        "par": entree.par_id,
        "geste": entree.geste,
        "contenu": entree.contenu,
        "precedente": entree.precedente,
    }


def sceller(entree: Entree) -> str:
    """SHA-256 that seals `entree` to its place."""
    return canonique.empreinte(contenu_scelle(entree))


@dataclass(frozen=True, slots=True)
class Anomalie:
    """A place where a chain does not hold, and why, in French."""

    chaine: str
    rang: int
    motif: str


def verifier(entrees: Iterable[Entree]) -> list[Anomalie]:
    """All that `relire` finds."""
    return list(relire(entrees))


def relire(entrees: Iterable[Entree]) -> Iterator[Anomalie]:
    """Report every value changed, row removed, swapped, inserted or back-dated.

    `entrees` come by chain, then rank. One entry at a time is held in memory.
    """
    avant: Entree | None = None
    for entree in entrees:
        if avant is not None and avant.chaine != entree.chaine:
            avant = None
        for motif in _motifs(entree, avant):
            yield Anomalie(entree.chaine, entree.rang, motif)
        avant = entree


def _motifs(entree: Entree, avant: Entree | None) -> Iterator[str]:
    """What does not hold in an entry, given the one before in its chain."""
    attendu = avant.rang + 1 if avant else 1
    if entree.rang != attendu:
        yield f"rang {attendu} attendu"
    if entree.precedente != (avant.empreinte if avant else ""):
        yield "ne suit pas l’entrée précédente"
    if entree.empreinte != sceller(entree):
        yield "contenu modifié"
    if avant and entree.le < avant.le - RECUL_ADMIS:
        yield "datée d’avant l’entrée précédente"
