"""The financing table, fifty lines at a time, and its subtotals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page

from esms.aap import CATALOGUE
from financement.bareme import Ligne
from financement.etude import Etude
from financement.presentation.pages import paginer
from grappes.regles import PROJET


@dataclass(frozen=True, slots=True)
class LigneNommee:
    """A line of the engine and the name of what it bears on."""

    ligne: Ligne
    nom: str

    @property
    def pour_le_projet(self) -> bool:
        """Whether the line is about the project as a whole."""
        return self.ligne.portee == PROJET


@dataclass(frozen=True, slots=True)
class SousTotal:
    """What one rule brings: title, article, amount, number of lines, and what they suppose (`reserve`)."""

    regle: str
    titre: str
    article: str
    montant: Decimal
    nombre: int
    reserve: str


def nommees(etude: Etude, lignes: Sequence[Ligne]) -> list[LigneNommee]:
    """Lines with their names."""
    return [
        LigneNommee(ligne, "Projet" if ligne.portee == PROJET else etude.nom(ligne.portee))
        for ligne in lignes
    ]


def page_de_lignes(etude: Etude, numero: str | None) -> Page:
    """One page of the lines, in the order of the engine."""
    return paginer(etude.resultat.financement.lignes, numero, lambda page: nommees(etude, page))


def sous_totaux(etude: Etude) -> list[SousTotal]:
    """What each rule brings, in the order of the lines."""
    financement = etude.resultat.financement
    reserves = financement.reserves
    articles: dict[str, dict[str, None]] = {}
    nombres = Counter(ligne.regle for ligne in financement.lignes)
    for ligne in financement.lignes:
        articles.setdefault(ligne.regle, {})[ligne.article] = None
    return [
        SousTotal(
            regle,
            CATALOGUE[regle],
            ", ".join(articles[regle]),
            montant,
            nombres[regle],
            reserves.get(regle, ""),
        )
        for regle, montant in financement.sous_totaux.items()
    ]
