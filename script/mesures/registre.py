"""A fictional register as large as the country's, for a machine that does not have the real file."""

import csv
from pathlib import Path

from grappes.finess.numero import cle_valide

ETABLISSEMENTS = 95_333
PAR_ORGANISME = 24
CATEGORIES = ("500", "202", "460", "183", "186", "246", "354", "209", "255", "620", "124")
NOMS = (
    "LES TILLEULS",
    "RESIDENCE DU PARC",
    "LE CEDRE",
    "SAINT JEAN",
    "LA ROSERAIE",
    "LES GLYCINES",
    "BEL AIR",
)
# Department, commune inside it, name of the department, postal line.
COMMUNES = (
    ("31", "555", "HAUTE GARONNE", "31000 TOULOUSE"),
    ("34", "172", "HERAULT", "34000 MONTPELLIER"),
    ("13", "055", "BOUCHES DU RHONE", "13001 MARSEILLE"),
    ("2A", "004", "CORSE DU SUD", "20000 AJACCIO"),
    ("75", "056", "PARIS", "75001 PARIS"),
)


def ecrire(chemin: Path) -> None:
    """Write a cs1100502 file: valid numbers, organisms of two dozen establishments in one town."""
    with chemin.open("w", encoding="utf8", newline="") as fichier:
        fichier.write("finess;etalab;102;2026-01-05\n")
        csv.writer(fichier, delimiter=";", lineterminator="\n").writerows(map(_ligne, range(ETABLISSEMENTS)))


def _ligne(rang: int) -> list[str]:
    organisme = rang // PAR_ORGANISME
    departement, commune, nom_departement, ligne_postale = COMMUNES[organisme % len(COMMUNES)]
    nom = f"{NOMS[rang % len(NOMS)]} {rang}"
    return [
        "structureet",
        numero(departement, 9, rang),
        numero(departement, 8, organisme),
        *(nom, nom),
        *("", "", "1", "R", "DES ECOLES", "", ""),
        *(commune, departement, nom_departement, ligne_postale),
        *("", ""),
        CATEGORIES[rang % len(CATEGORIES)],
        *("", "", "", "", "", "", "", "", ""),
        *("1998-03-16", "1998-03-16", "2020-02-04", ""),
    ]


def numero(departement: str, bloc: int, rang: int) -> str:
    """A FINESS number with its key: department, one digit that tells the kind, rank."""
    debut = f"{departement}{bloc}{rang:05d}"
    return next(essai for cle in range(10) if cle_valide(essai := f"{debut}{cle}"))
