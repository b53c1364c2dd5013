"""Structured sections of a candidature: which ones an AAP asks for, and what it demands in each.

A table that is absent is a section that the edition does not have. « recommande »: shown, never blocking.
"""

from dataclasses import dataclass
from typing import Literal

from .regle import CATALOGUE

Exigence = Literal["exige", "recommande"]
Situation = Literal[
    "toujours",
    "regroupement",
    "materiel",
    "amoa",
    "saad",
    "ahi",
    "dpi_ght",
    "solution_non_referencee",
]
"""When a commitment is asked: always, or in the situation of the project that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDemandee:
    """One section: the article that asks for it, and whether the dossier is incomplete without it."""

    article: str
    exigence: Exigence
    lecture: str = ""

    @property
    def exigee(self) -> bool:
        """Whether what is missing stops the filing."""
        return self.exigence == "exige"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usages(SectionDemandee):
    """Baseline and way to each target. `cas_d_usage`: fewest use cases of Mon espace santé (0: none asked)."""

    cas_d_usage: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Famille:
    """A kind of risk that the AAP names."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risques(SectionDemandee):
    """Risk analysis: fewest risks, and the kinds that the AAP names."""

    minimum: int
    familles: tuple[Famille, ...]

    def __post_init__(self) -> None:
        if self.minimum < 1:
            raise ValueError("une analyse compte au moins un risque")


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(SectionDemandee):
    """Budget and plan de financement. `annees`: years over which recurring costs are planned."""

    annees: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.annees <= 10:
            raise ValueError("les coûts récurrents se prévoient sur une à dix années")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturiteSi(SectionDemandee):
    """Self-diagnosis of each organism (E19 says whether it is demanded) and the 13 cyber measures."""

    outils: tuple[str, ...]
    article_cyber: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementDemande:
    """A commitment that the porteur declares. `regle`: the rule it answers, if the catalogue has one."""

    cle: str
    article: str
    libelle: str
    quand: Situation = "toujours"
    regle: str = ""

    def __post_init__(self) -> None:
        if self.regle and self.regle not in CATALOGUE:
            raise ValueError(f"« {self.regle} » n’est pas un identifiant de règle")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagements(SectionDemandee):
    """Everything the porteur commits to by filing."""

    liste: tuple[EngagementDemande, ...]

    def __post_init__(self) -> None:
        cles = [engagement.cle for engagement in self.liste]
        if len(set(cles)) != len(cles):
            raise ValueError("un engagement est cité deux fois")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The structured sections of an edition; None: it does not ask for it."""

    usages: Usages | None = None
    risques: Risques | None = None
    planning: SectionDemandee | None = None
    budget: Budget | None = None
    si: MaturiteSi | None = None
    engagements: Engagements | None = None
