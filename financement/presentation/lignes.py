"""The financing table, fifty lines at a time, its subtotals and its payments."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator

from esms.aap import CATALOGUE
from financement.bareme import Ligne
from financement.etude import Etude
from grappes.regles import PROJET

PAR_PAGE = 50


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
    """What one rule brings, and its share of the total in tenths of a percent (for the chart)."""

    regle: str
    titre: str
    article: str
    montant: Decimal
    nombre: int


@dataclass(frozen=True, slots=True)
class Versement:
    """One payment in words."""

    rang: int
    libelle: str
    montant: Decimal


def nommees(etude: Etude, lignes: list[Ligne] | tuple[Ligne, ...]) -> list[LigneNommee]:
    """Lines with their names."""
    return [
        LigneNommee(ligne, "Projet" if ligne.portee == PROJET else etude.nom(ligne.portee))
        for ligne in lignes
    ]


def page_de_lignes(etude: Etude, numero: str | None) -> Page:
    """One page of the lines, in the order of the engine."""
    page = Paginator(etude.resultat.financement.lignes, PAR_PAGE).get_page(numero)
    page.object_list = nommees(etude, page.object_list)
    return page


def sous_totaux(etude: Etude) -> list[SousTotal]:
    """What each rule brings, in the order of the lines."""
    financement = etude.resultat.financement
    premieres: dict[str, Ligne] = {}
    nombres: dict[str, int] = {}
    for ligne in financement.lignes:
        premieres.setdefault(ligne.regle, ligne)
        nombres[ligne.regle] = nombres.get(ligne.regle, 0) + 1
    return [
        SousTotal(regle, CATALOGUE[regle], premieres[regle].article, montant, nombres[regle])
        for regle, montant in financement.sous_totaux.items()
    ]


def versements(etude: Etude) -> list[Versement]:
    """Payments with the words of the edition."""
    libelles = {part.declencheur: part.libelle for part in etude.edition.versements.cle}
    return [
        Versement(v.rang, libelles[v.declencheur], v.montant) for v in etude.resultat.financement.versements
    ]
