"""An amount of a call for projects is written once, in its edition; never in code nor in a template."""

import ast
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import pytest

from tests.architecture.arbre import APPLICATIONS, fichiers, lire, nom

# Below, a number is a rank, a rate or a count.
PLUS_PETIT_MONTANT = 1_000

# Counts as round as that are sizes of batches and pages; where money is reckoned, they are refused too.
COMPTES_RONDS = {1_000, 2_000, 5_000, 10_000}
OU_L_ON_COMPTE_L_ARGENT = ("esms/aap/", "grappes/regles/", "financement/bareme/", "instruction/regles/")

# The demonstration plays the porteurs: the figures there are theirs, not those of a call for projects.
SANS_REGLES = "esms/demo/"

# Limits that happen to be worth an amount. One line each, with what they count.
HORS_SUJET = {("esms/socle/tableurs.py", 20_000): "lines of a spreadsheet"}


def _montants_des_editions() -> set[int]:
    return {
        valeur
        for fichier in fichiers("fixtures/aap/*.toml")
        for valeur in _nombres(tomllib.loads(lire(fichier)).get("financement", {}))
        if valeur >= PLUS_PETIT_MONTANT
    }


def _nombres(noeud: Any) -> Iterator[int]:
    if isinstance(noeud, dict):
        for valeur in noeud.values():
            yield from _nombres(valeur)
    elif isinstance(noeud, list):
        for valeur in noeud:
            yield from _nombres(valeur)
    elif isinstance(noeud, int | float | str) and not isinstance(noeud, bool):
        try:
            montant = Decimal(str(noeud))
        except InvalidOperation:
            return
        if montant.is_finite() and montant == montant.to_integral_value():
            yield int(montant)


def test_edition_porte_des_montants() -> None:
    assert _montants_des_editions() >= {7_000, 14_000}


def _interdits(chemin: str) -> set[int]:
    montants = {montant for montant in _montants_des_editions() if (chemin, montant) not in HORS_SUJET}
    return montants if chemin.startswith(OU_L_ON_COMPTE_L_ARGENT) else montants - COMPTES_RONDS


@pytest.mark.parametrize("application", APPLICATIONS)
def test_montant_jamais_dans_le_code(application: str) -> None:
    trouves = [
        f"{nom(fichier)}:{noeud.lineno}: {noeud.value!r}"
        for fichier in fichiers(f"{application}/*.py")
        if not nom(fichier).startswith(SANS_REGLES)
        for interdits in [_interdits(nom(fichier))]
        for noeud in ast.walk(ast.parse(lire(fichier)))
        if isinstance(noeud, ast.Constant) and interdits & set(_nombres(noeud.value))
    ]
    assert trouves == []


def test_montant_jamais_dans_un_gabarit() -> None:
    espaces = "[ .\u00a0\u202f]?"
    montants = sorted(_montants_des_editions() - COMPTES_RONDS)
    formes = "|".join(rf"{montant // 1000}{espaces}{montant % 1000:03d}" for montant in montants)
    cherche = re.compile(rf"(?<![\w.,/#-])(?:{formes})(?![\w-])")
    trouves = [
        f"{nom(fichier)}:{rang}: {ligne.strip()[:100]}"
        for fichier in fichiers("templates/*")
        for rang, ligne in enumerate(lire(fichier).splitlines(), start=1)
        if cherche.search(ligne)
    ]
    assert trouves == []
