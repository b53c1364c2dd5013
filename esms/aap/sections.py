"""What an AAP demands inside its structured sections; which ones it has is said by `candidature`."""

from dataclasses import dataclass
from typing import Literal

from .regle import CATALOGUE

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
class Usages:
    """`cas_d_usage`: fewest use cases of Mon espace santé (0: none asked)."""

    cas_d_usage: int = 0
    lecture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Famille:
    """A kind of risk that the AAP names."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Risques:
    """Fewest risks, and the kinds that the AAP names."""

    minimum: int = 1
    familles: tuple[Famille, ...] = ()
    lecture: str = ""

    def __post_init__(self) -> None:
        if self.minimum < 1:
            raise ValueError("une analyse compte au moins un risque")


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """`annees`: years over which recurring costs are planned."""

    annees: int = 3
    lecture: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.annees <= 10:
            raise ValueError("les coûts récurrents se prévoient sur une à dix années")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturiteSi:
    """Tools of self-diagnosis (E19), and the article that names the 13 cyber measures, if one does.

    `exigence_cyber`: whether each establishment is invited to say where it stands on them, or must.
    """

    outils: tuple[str, ...] = ()
    article_cyber: str = ""
    exigence_cyber: Literal["exige", "recommande"] = "recommande"

    def __post_init__(self) -> None:
        if self.exigence_cyber == "exige" and not self.article_cyber:
            raise ValueError("des mesures exigées le sont par un article")


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
class Engagements:
    """Everything the porteur commits to by filing."""

    liste: tuple[EngagementDemande, ...] = ()

    def __post_init__(self) -> None:
        cles = [engagement.cle for engagement in self.liste]
        if len(set(cles)) != len(cles):
            raise ValueError("un engagement est cité deux fois")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """Parameters of the structured sections; what the edition does not say has its usual value."""

    usages: Usages = Usages()
    risques: Risques = Risques()
    budget: Budget = Budget()
    si: MaturiteSi = MaturiteSi()
    engagements: Engagements = Engagements()


USUELLES = Sections()
