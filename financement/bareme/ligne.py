"""Results of the scale: lines that explain themselves, subtotals, payments. Amounts in EUR."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from esms.aap import RANG_DES_REGLES
from esms.socle import montants

UN = Fraction(1)
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of money: `montant` is base × taux rounded to the cent, then limited by `plafond`.

    `estimee`: it stands at its cap for want of the quote that would decide. `reserve`: what it supposes of a
    software that nobody has named, in French; empty when it supposes nothing.
    """

    regle: str
    article: str
    portee: str
    rang: int | None
    libelle: str
    base: Decimal
    taux: Fraction
    plafond: Decimal | None
    montant: Decimal
    explication: str
    estimee: bool = False
    reserve: str = ""


@dataclass(frozen=True, slots=True)
class Ecartee:
    """Money asked for and not granted: rule, article, « projet » or FINESS ET, and why, in French."""

    regle: str
    article: str
    portee: str
    explication: str


@dataclass(frozen=True, slots=True)
class Versement:
    """One payment of the key F8."""

    rang: int
    declencheur: str
    article: str
    libelle: str
    montant: Decimal


@dataclass(frozen=True, slots=True)
class SubventionRegroupee:
    """The lines that F10 pays as one flat grant."""

    regle: str
    article: str
    lignes: tuple[str, ...]
    montant: Decimal
    explication: str


@dataclass(frozen=True, slots=True)
class Financement:
    """All the money of a project, and what it asked for in vain.

    `estimation`: some amount stands at its cap for want of a quote.
    """

    lignes: tuple[Ligne, ...]
    sous_totaux: Mapping[str, Decimal]
    total: Decimal
    versements: tuple[Versement, ...]
    estimation: bool
    subvention_unique: SubventionRegroupee | None = None
    ecartees: tuple[Ecartee, ...] = ()

    @property
    def reserves(self) -> Mapping[str, str]:
        """Rule → what its lines suppose of a software that nobody has named; only those that do."""
        return {ligne.regle: ligne.reserve for ligne in self.lignes if ligne.reserve}

    @property
    def reserve(self) -> str:
        """The same for the whole amount; empty when nothing is supposed."""
        return next(iter(self.reserves.values()), "")


def appliquer(base: Decimal, taux: Fraction) -> Decimal:
    """`base` × `taux`, rounded once to the cent, half up (reading of F6)."""
    return base if taux is UN or taux == 1 else montants.arrondi(Fraction(base) * taux)


def sommes(lignes: Iterable[Ligne]) -> dict[str, Decimal]:
    """Rule → sum of its lines, in the order of the rules."""
    trouvees: dict[str, Decimal] = {}
    for ligne in lignes:
        trouvees[ligne.regle] = trouvees.get(ligne.regle, ZERO) + ligne.montant
    return {regle: trouvees[regle] for regle in sorted(trouvees, key=RANG_DES_REGLES.__getitem__)}


@lru_cache(maxsize=4096)
def euros(montant: Decimal) -> str:
    """An amount in a sentence; the same few tiers come back on every line."""
    return montants.euros(montant)
