"""The engine is pure: standard library and itself, exact arithmetic, no clock. Read in the source."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.arbre import RACINE, fichiers, lire, nom

PURS = (
    "esms.aap",
    "esms.socle.citations",
    "esms.socle.montants",
    "esms.socle.canonique",
    "esms.socle.dates",
    "grappes.regles",
    "grappes.finess.numero",
    "grappes.finess.nomenclatures",
    "financement.bareme",
    "financement.simulation",
)
SOURCES = fichiers(
    *(
        f"{chemin}{fin}"
        for paquet in PURS
        for chemin in [paquet.replace(".", "/")]
        for fin in (".py", "/*.py")
    )
)
HASARD_ET_HORLOGE = {"random", "secrets", "time", "uuid", "socket", "subprocess", "threading", "urllib"}


def _importes(fichier: Path) -> Iterator[str]:
    """Full names of what a file imports, relative imports resolved."""
    dossiers = fichier.relative_to(RACINE).parts[:-1]
    for noeud in ast.walk(ast.parse(lire(fichier))):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom):
            base = dossiers[: len(dossiers) + 1 - noeud.level] if noeud.level else ()
            yield from (".".join(filter(None, [*base, noeud.module, alias.name])) for alias in noeud.names)


def _pur(module: str) -> bool:
    racine = module.partition(".")[0]
    if racine in sys.stdlib_module_names:
        return racine not in HASARD_ET_HORLOGE
    return any(module == paquet or module.startswith(f"{paquet}.") for paquet in PURS)


@pytest.mark.parametrize("fichier", SOURCES, ids=nom)
def test_paquet_pur_n_importe_que_du_pur(fichier: Path) -> None:
    assert [module for module in _importes(fichier) if not _pur(module)] == []


@pytest.mark.parametrize("fichier", SOURCES, ids=nom)
def test_paquet_pur_sans_flottant_ni_horloge(fichier: Path) -> None:
    fautes = [
        f"{nom(fichier)}:{noeud.lineno}: {ast.unparse(noeud)}"
        for noeud in ast.walk(ast.parse(lire(fichier)))
        if (isinstance(noeud, ast.Constant) and isinstance(noeud.value, float))
        or (isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Name) and noeud.func.id == "float")
        or (isinstance(noeud, ast.Attribute) and noeud.attr in {"now", "today", "utcnow"})
    ]
    assert fautes == []
