"""Section « Budget et plan de financement » (P3): what is spent, who pays, what it costs afterwards.

Amounts in EUR, exact to the cent. The plan is balanced on one side of the taxes, the one of F7. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from .lecture import lignes, montant, table, texte

ZERO = Decimal("0.00")
CENTIME = Decimal("0.01")
TVA_MAX = Fraction(20, 100)  # highest rate of VAT in France (CGI, article 278)

NATURES = {
    "licences": "Licences et abonnements",
    "editeur": "Prestations de l’éditeur",
    "integration": "Intégration et reprise de données",
    "formation": "Formation",
    "materiel": "Matériel et infrastructures",
    "amoa": "Assistance à maîtrise d’ouvrage (AMOA)",
    "rh": "Ressources humaines internes",
    "autres": "Autres dépenses",
}
"""Natures of expense, in the order they are shown."""

RESSOURCES = {
    "subvention": "Subvention ESMS numérique demandée",
    "autofinancement": "Autofinancement",
    "emprunt": "Emprunt",
}
"""Resources that every plan may have; other aids are lines of their own."""

Base = Literal["HT", "TTC"]


@dataclass(frozen=True, slots=True)
class Depense:
    """One line of expense; `rang` is its place as typed, from 1. None: not given."""

    rang: int
    nature: str
    libelle: str
    ht: Decimal | None
    ttc: Decimal | None

    def sur(self, base: Base) -> Decimal | None:
        """Its amount on that side of the taxes."""
        return self.ht if base == "HT" else self.ttc

    @property
    def sous_le_ht(self) -> bool:
        """Tax included, yet less than before tax."""
        return self.ht is not None and self.ttc is not None and self.ttc < self.ht

    @property
    def tva_impossible(self) -> bool:
        """More tax than the highest rate gives, to the cent."""
        if self.ht is None or self.ttc is None or self.sous_le_ht:
            return False
        return Fraction(self.ttc) > Fraction(self.ht) * (1 + TVA_MAX) + Fraction(CENTIME)


@dataclass(frozen=True, slots=True)
class Aide:
    """Another aid: where it comes from, how much, and whether Europe pays it (E7)."""

    rang: int
    origine: str
    montant: Decimal | None
    europeenne: bool


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A cost that comes back every year after the project."""

    rang: int
    libelle: str
    annees: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The whole table, as typed."""

    depenses: tuple[Depense, ...]
    ressources: Mapping[str, Decimal | None]
    aides: tuple[Aide, ...]
    recurrents: tuple[Recurrent, ...]


@dataclass(frozen=True, slots=True)
class Bilan:
    """Totals of a budget on the base that applies. `ecart`: resources minus expenses, 0 when balanced."""

    base: Base
    total_ht: Decimal
    total_ttc: Decimal
    par_nature: Mapping[str, Decimal]
    depenses: Decimal
    ressources: Decimal
    recurrents: tuple[Decimal, ...]

    @property
    def ecart(self) -> Decimal:
        """Resources minus expenses."""
        return self.ressources - self.depenses

    @property
    def equilibre(self) -> bool:
        """Whether both sides are equal to the cent."""
        return self.ecart == ZERO

    @property
    def recurrent_total(self) -> Decimal:
        """All the years together."""
        return sum(self.recurrents, ZERO)


def lire(contenu: Mapping[str, Any], annees: int) -> Budget:
    """What was typed; what is absent is None, never zero."""
    ressources = table(contenu, "ressources")
    return Budget(
        depenses=tuple(
            Depense(
                rang,
                texte(ligne, "nature"),
                texte(ligne, "libelle"),
                montant(ligne, "ht"),
                montant(ligne, "ttc"),
            )
            for rang, ligne in enumerate(lignes(contenu, "depenses"), start=1)
        ),
        ressources={cle: montant(ressources, cle) for cle in RESSOURCES},
        aides=tuple(
            Aide(rang, texte(ligne, "origine"), montant(ligne, "montant"), ligne.get("europeenne") is True)
            for rang, ligne in enumerate(lignes(contenu, "aides"), start=1)
        ),
        recurrents=tuple(
            Recurrent(
                rang,
                texte(ligne, "libelle"),
                tuple(montant(ligne, f"annee{annee}") for annee in range(1, annees + 1)),
            )
            for rang, ligne in enumerate(lignes(contenu, "recurrents"), start=1)
        ),
    )


def bilan(budget: Budget, base: Base, annees: int) -> Bilan:
    """Totals; an amount that is not given counts for nothing here, and is said missing elsewhere."""
    par_nature = {
        nature: _somme(depense.sur(base) for depense in budget.depenses if depense.nature == nature)
        for nature in NATURES
    }
    return Bilan(
        base=base,
        total_ht=_somme(depense.ht for depense in budget.depenses),
        total_ttc=_somme(depense.ttc for depense in budget.depenses),
        par_nature={nature: total for nature, total in par_nature.items() if total},
        depenses=_somme(depense.sur(base) for depense in budget.depenses),
        ressources=_somme([*budget.ressources.values(), *(aide.montant for aide in budget.aides)]),
        recurrents=tuple(_somme(r.annees[annee] for r in budget.recurrents) for annee in range(annees)),
    )


def _somme(montants: Iterable[Decimal | None]) -> Decimal:
    return sum((valeur for valeur in montants if valeur is not None), ZERO)
