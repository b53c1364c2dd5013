"""An amount of a call for projects is written once, in its edition; never in code nor in a template."""

import ast
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.architecture.arbre import APPLICATIONS, RACINE, fichiers, lire, nom

# Below, a number is a rank, a rate or a count.
PLUS_PETIT_MONTANT = 1_000

# Limits that are no amounts, and happen to be worth one. One line each, with the reason.
HORS_SUJET: dict[tuple[str, int], str] = {}


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
    elif isinstance(noeud, int | str) and not isinstance(noeud, bool):
        try:
            montant = Decimal(str(noeud))
        except InvalidOperation:
            return
        if montant == montant.to_integral_value():
            yield int(montant)


def test_edition_porte_des_montants() -> None:
    assert _montants_des_editions() >= {7_000, 14_000}


def test_montant_jamais_dans_le_code() -> None:
    montants = _montants_des_editions()
    trouves = [
        f"{nom(fichier)}:{noeud.lineno}: {noeud.value!r}"
        for fichier in fichiers(*(f"{application}/*.py" for application in APPLICATIONS))
        for noeud in ast.walk(ast.parse(lire(fichier)))
        if isinstance(noeud, ast.Constant)
        and isinstance(noeud.value, int | float | str)
        and not isinstance(noeud.value, bool)
        if set(_nombres(noeud.value if isinstance(noeud.value, str) else str(noeud.value))) & montants
        if (nom(fichier), int(Decimal(str(noeud.value)))) not in HORS_SUJET
    ]
    assert trouves == []


def test_montant_jamais_dans_un_gabarit() -> None:
    espaces = "[ .\u00a0\u202f]?"
    formes = "|".join(
        rf"{montant // 1000}{espaces}{montant % 1000:03d}" for montant in sorted(_montants_des_editions())
    )
    cherche = re.compile(rf"(?<![\w.,/#-])(?:{formes})(?![\w-])")
    trouves = [
        f"{nom(fichier)}:{rang}: {ligne.strip()[:100]}"
        for fichier in fichiers("templates/*")
        for rang, ligne in enumerate(lire(fichier).splitlines(), start=1)
        if cherche.search(ligne)
    ]
    assert trouves == []


def test_exception_aux_montants_sert_encore() -> None:
    perimees = [
        (chemin, valeur)
        for chemin, valeur in HORS_SUJET
        if valeur
        not in {
            n
            for c in ast.walk(ast.parse((RACINE / chemin).read_text("utf8")))
            if isinstance(c, ast.Constant)
            for n in [c.value]
        }
    ]
    assert perimees == []
