"""A figure, its aim, and how to take one."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any

TENUE, HORS_CIBLE, SANS_CIBLE = "✓", "✗", "·"
ENTETE = f"  {'':<52} {'mesuré':>12}   {'cible':<14} {'part':>6}"


@dataclass(frozen=True, slots=True)
class Mesure:
    """A figure as it is printed: the aim is what exigences call for, in the same unit.

    `au_moins` turns the aim into a floor.
    """

    nom: str
    valeur: float
    unite: str
    cible: float | None = None
    precision: str = ""
    au_moins: bool = False

    @property
    def signe(self) -> str:
        """Aim held, missed, or absent: read without comparing numbers."""
        if self.cible is None:
            return SANS_CIBLE
        tenue = self.valeur >= self.cible if self.au_moins else self.valeur <= self.cible
        return TENUE if tenue else HORS_CIBLE

    def __str__(self) -> str:
        """One line: sign, figure, aim, share of the aim, what it was measured on."""
        mesure = f"{nombre(self.valeur)} {self.unite:<3}"
        cible = part = ""
        if self.cible is not None:
            cible = f"{'≥' if self.au_moins else '≤'} {nombre(self.cible)} {self.unite}"
            part = f"{self.valeur / self.cible:.0%}" if self.cible else ""
        return f"{self.signe} {self.nom:<52} {mesure:>12}   {cible:<14} {part:>6}  {self.precision}".rstrip()


def nombre(valeur: float) -> str:
    """As French writes it: three significant digits below a hundred, thousands apart above."""
    chiffres = f"{valeur:,.0f}" if valeur >= 100 else f"{valeur:.3g}"
    return chiffres.replace(",", "\u202f").replace(".", ",")


def durees(geste: Callable[[Any], object], cas: Iterable[Any]) -> list[float]:
    """Milliseconds of each call."""
    resultats = []
    for un in cas:
        debut = time.perf_counter()
        geste(un)
        resultats.append((time.perf_counter() - debut) * 1000)
    return resultats


def p95(valeurs: list[float]) -> float:
    """The value that 95 % of the calls do not exceed."""
    return sorted(valeurs)[ceil(len(valeurs) * 0.95) - 1]
