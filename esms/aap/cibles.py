"""Usage targets (U1–U7): what is counted, over what, and the value that opens the balance."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .regle import Regle


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicateur(Regle):
    """One target: a percentage (`denominateur` given) or a count; `cible` in percent, if one is imposed.

    `compris`: what is counted is part of the denominator, so that the rate cannot pass 100 % (files, people;
    not messages). `aide`: what this edition says of its count.
    """

    libelle: str
    numerateur: str
    denominateur: str = ""
    cible: Decimal | None = None
    compris: bool = False
    aide: str = ""
    conditionne_le_solde: bool = False
    publics_dispenses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.cible is not None and not (0 < self.cible <= 100):
            raise ValueError("une cible est un pourcentage entre 0 et 100")
        if self.cible is not None and not self.denominateur:
            raise ValueError("une cible en pourcentage a un dénominateur")
        if self.compris and not self.denominateur:
            raise ValueError("`compris` dit que le numérateur fait partie d’un dénominateur")
        if self.conditionne_le_solde and self.cible is None:
            raise ValueError("un indicateur sans cible ne peut pas conditionner le solde")


@dataclass(frozen=True, slots=True, kw_only=True)
class Periode:
    """How many elapsed months a measure covers, and the first one."""

    article: str
    mois: int
    mois_premiere_mesure: int
    rythme: Literal["a_la_demande", "chaque_fin_de_mois"]

    def __post_init__(self) -> None:
        if self.mois < 1 or self.mois_premiere_mesure < 1:
            raise ValueError("une période de mesure dure au moins un mois")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amenagement:
    """Whether people who cannot benefit from a service leave the denominator (closed list of reasons)."""

    article: str
    permis: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Repere:
    """Usual duration of a deployment, in months; no legal effect."""

    article: str
    mois_mise_en_conformite: int
    mois_acquisition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cibles:
    """The indicators of an edition and how they are measured."""

    periode: Periode
    amenagement: Amenagement
    repere: Repere
    indicateurs: tuple[Indicateur, ...]
