"""Where a project is filed (G1–G4)."""

from dataclasses import dataclass
from typing import Annotated, Literal

from .regle import Regle

Niveau = Literal["regional", "national"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuichetRegional(Regle):
    """Below `moins_de` ESSMS a project is regional, whatever the number of regions."""

    moins_de: int

    def __post_init__(self) -> None:
        if self.moins_de < 1:
            raise ValueError("`moins_de` vaut au moins 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuichetNational(Regle):
    """From the regional limit on: always national, or only when the ESSMS lie in more than one region.

    `article_portee_nationale` is given by an AAP that sends a project of national reach there, however small.
    """

    au_dela: Literal["toujours", "plusieurs_regions"]
    instructeur: str
    article_portee_nationale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pivot(Regle):
    """Which ARS leads a project that spans regions, and how a tie is broken."""

    ex_aequo: Literal["siege_puis_choix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionDeportee(Regle):
    """Who may ask that the national level instructs; the place of filing does not move."""

    a_la_demande_de: Literal["ars_pivot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametresGuichet:
    """Level this AAP is opened at, and the rules that send a project to one level or the other."""

    niveau: Niveau
    regional: Annotated[GuichetRegional, "G1"]
    national: Annotated[GuichetNational, "G2"]
    pivot: Annotated[Pivot, "G3"]
    instruction_deportee: Annotated[InstructionDeportee | None, "G4"] = None
