"""Expenses in a spreadsheet: written safely, read back cell by cell."""

from decimal import Decimal

import pytest

from esms.socle.tableurs import Rangee, TableurRefuse, lire
from instruction.documents.budget_tableur import LIGNES_MAX, ecrire_depenses, lire_depenses
from instruction.regles.candidature.budget import NATURES, Depense

ENTETE = ("Nature", "Libellé", "Montant HT", "Montant TTC")


def rangees(*lignes: tuple[str, ...], entete: tuple[str, ...] = ENTETE) -> list[Rangee]:
    return [Rangee(rang, cellules) for rang, cellules in enumerate((entete, *lignes), start=1)]


def test_depenses_ecrites_se_relisent_a_l_identique() -> None:
    depenses = [
        Depense(1, "rh", "Chef de projet", Decimal("1234.56"), Decimal("1234.56")),
        Depense(2, "formation", "=1+1", None, Decimal("120.00")),
    ]
    lues, remarques = lire_depenses(lire("budget.xlsx", ecrire_depenses(depenses)))
    assert remarques == []
    assert lues == [
        {"nature": "rh", "libelle": "Chef de projet", "ht": "1234.56", "ttc": "1234.56"},
        {"nature": "formation", "libelle": "=1+1", "ht": None, "ttc": "120.00"},
    ]


def test_modele_vide_propose_chaque_nature() -> None:
    modele = lire("budget.xlsx", ecrire_depenses([]))
    assert [rangee.cellules[0] for rangee in modele[1:]] == list(NATURES.values())
    with pytest.raises(TableurRefuse, match="ne chiffre aucune dépense"):
        lire_depenses(modele)


def test_cellule_illisible_est_dite_et_le_reste_est_pris() -> None:
    lues, remarques = lire_depenses(
        rangees(("Formation", "A", "douze", "10"), ("Inconnue", "B", "-3", "12 345,60"), ("", "", "", ""))
    )
    assert [(ligne["nature"], ligne["ht"], ligne["ttc"]) for ligne in lues] == [
        ("formation", None, "10.00"),
        ("", None, "12345.60"),
    ]
    assert [remarque.split("\u00a0:")[0] for remarque in remarques] == [
        "Cellule C2",
        "Cellule A3",
        "Cellule C3",
    ]


def test_colonnes_dans_un_autre_ordre_sans_accent_ni_majuscule() -> None:
    entete = ("montant ttc", "LIBELLE", "montant ht", "nature")
    lues, _ = lire_depenses(rangees(("12", "A", "10", "Formation"), entete=entete))
    assert lues == [{"nature": "formation", "libelle": "A", "ht": "10.00", "ttc": "12.00"}]


def test_entete_etranger_ou_fichier_vide_est_refuse() -> None:
    with pytest.raises(TableurRefuse, match="Montant TTC"):
        lire_depenses(rangees(("a", "b"), entete=("Nature", "Libellé", "Montant HT")))
    with pytest.raises(TableurRefuse):
        lire_depenses([])


def test_trop_de_lignes_est_dit() -> None:
    lues, remarques = lire_depenses(rangees(*[("Formation", "A", "1", "1")] * (LIGNES_MAX + 5)))
    assert len(lues) == LIGNES_MAX
    assert remarques == [f"Seules les {LIGNES_MAX} premières dépenses sont reprises."]
