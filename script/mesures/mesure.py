"""A figure, its aim, and how to take one."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any


@dataclass(frozen=True, slots=True)
class Mesure:
    """A figure as it is printed: the aim is what exigences call for, in the same unit."""

    nom: str
    valeur: float
    unite: str
    cible: float | None = None
    precision: str = ""

    def __str__(self) -> str:
        """One line: figure, aim, share of the aim spent, what it was measured on."""
        chiffre = f"{self.valeur:.0f}" if self.valeur >= 100 else f"{self.valeur:.3g}"
        aim = "" if self.cible is None else f"≤ {self.cible:g} {self.unite}  ({self.valeur / self.cible:.0%})"
        return f"{self.nom:<46} {chiffre:>9} {self.unite:<4} {aim:<24} {self.precision}".rstrip()


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
