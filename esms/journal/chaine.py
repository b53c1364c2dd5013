"""How an entry is sealed, and how a chain is read again to find what was tampered with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from esms.journal.models import Entree
from esms.socle import canonique


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
    """Report every value changed, row removed, swapped or inserted; `entrees` come by chain, then rank."""
    anomalies: list[Anomalie] = []
    chaine, rang, precedente = None, 0, ""
    for entree in entrees:
        if entree.chaine != chaine:
            chaine, rang, precedente = entree.chaine, 0, ""
        if entree.rang != rang + 1:
            anomalies.append(Anomalie(entree.chaine, entree.rang, f"rang {rang + 1} attendu"))
        if entree.precedente != precedente:
            anomalies.append(Anomalie(entree.chaine, entree.rang, "ne suit pas l’entrée précédente"))
        if entree.empreinte != sceller(entree):
            anomalies.append(Anomalie(entree.chaine, entree.rang, "contenu modifié"))
        rang, precedente = entree.rang, entree.empreinte
    return anomalies
