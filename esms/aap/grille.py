"""Scoring grid: out of a number of points, or qualitative."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Critere:
    """One thing the instructor judges; `points` is its maximum, absent from a qualitative grid.

    `aide` words it for the instructor, as the grid does; `consigne` tells the porteur what to write.
    """

    cle: str
    article: str
    libelle: str
    aide: str
    consigne: str
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domaine:
    """Criteria that go together."""

    cle: str
    libelle: str
    criteres: tuple[Critere, ...]
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appreciation:
    """A value of a qualitative judgement."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grille:
    """All the criteria; a numeric grid adds up to `sur`, a qualitative one gives the allowed judgements."""

    article: str
    forme: Literal["chiffree", "qualitative"]
    instance: str
    domaines: tuple[Domaine, ...]
    sur: Decimal | None = None
    pas: Decimal | None = None
    appreciations: tuple[Appreciation, ...] = ()
    lecture: str = ""

    def __post_init__(self) -> None:
        cles = [critere.cle for critere in self.criteres]
        if not cles:
            raise ValueError("une grille a au moins un critère")
        if len(set(cles)) != len(cles):
            raise ValueError("deux critères portent la même clé")
        if self.forme == "chiffree":
            self._verifier_les_points()
        elif not self.appreciations:
            raise ValueError("une grille qualitative énumère ses `appreciations`")
        elif self.sur is not None or any(critere.points is not None for critere in self.criteres):
            raise ValueError("une grille qualitative n’a pas de points")

    @property
    def criteres(self) -> tuple[Critere, ...]:
        """Every criterion, in reading order."""
        return tuple(critere for domaine in self.domaines for critere in domaine.criteres)

    def _verifier_les_points(self) -> None:
        if self.sur is None or self.pas is None or self.pas <= 0:
            raise ValueError("une grille chiffrée donne `sur` et un `pas` de notation positif")
        for domaine in self.domaines:
            if domaine.points != _somme([critere.points for critere in domaine.criteres]):
                raise ValueError(f"les points des critères de « {domaine.cle} » ne font pas ceux du domaine")
        if _somme([domaine.points for domaine in self.domaines]) != self.sur:
            raise ValueError(f"les points des domaines ne font pas {self.sur}")


def _somme(points: list[Decimal | None]) -> Decimal:
    if any(valeur is None or valeur <= 0 for valeur in points):
        raise ValueError("chaque domaine et chaque critère d’une grille chiffrée a des points positifs")
    return sum((valeur for valeur in points if valeur is not None), Decimal(0))
