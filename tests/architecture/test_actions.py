"""Nothing changes in the database outside an action, and an action says who acts: read in the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.arbre import APPLICATIONS, fichiers, lire, nom

MODULES = [m for m in fichiers(*(f"{paquet}/*.py" for paquet in APPLICATIONS)) if "migrations" not in m.parts]
ACTIONS = [module for module in MODULES if "actions" in module.parts or module.name == "actions.py"]
# The demonstration writes the past at once; the rest writes no row: files, a session, a rate counter.
AILLEURS = {
    "esms/socle/rangement.py": {"save", "delete"},
    "esms/comptes/views/proconnect.py": {"save"},
    "esms/comptes/debits.py": {"delete"},
}
ECRITURES = {
    *("save", "create", "bulk_create", "bulk_update", "delete"),
    *("get_or_create", "update_or_create", "select_for_update"),
}
# A machine sends e-mails: nobody does it.
SANS_PERSONNE = {"prendre", "noter_l_envoi", "noter_l_echec"}


def _fonctions(module: Path) -> Iterator[ast.FunctionDef]:
    """Public functions of a module that open a transaction."""
    for noeud in ast.parse(lire(module)).body:
        if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
            decorateurs = [ast.unparse(decorateur) for decorateur in noeud.decorator_list]
            if any(decorateur.startswith("transaction.atomic") for decorateur in decorateurs):
                yield noeud


def test_chaque_geste_nomme_qui_le_fait() -> None:
    gestes = [(module, geste) for module in ACTIONS for geste in _fonctions(module)]
    assert len(gestes) > 50
    muets = [
        f"{nom(module)}:{geste.name}"
        for module, geste in gestes
        if "par" not in [argument.arg for argument in geste.args.kwonlyargs]
        and geste.name not in SANS_PERSONNE
    ]
    assert muets == []


@pytest.mark.parametrize("paquet", APPLICATIONS)
def test_rien_ne_s_ecrit_hors_d_une_action(paquet: str) -> None:
    dehors = [
        module
        for module in MODULES
        if nom(module).startswith(f"{paquet}/")
        and module not in ACTIONS
        and not {"models", "demo"} & {*module.parts, module.stem}
    ]
    ecritures = [
        f"{nom(module)}:{noeud.lineno} {noeud.func.attr}"
        for module in dehors
        for noeud in ast.walk(ast.parse(lire(module)))
        if isinstance(noeud, ast.Call)
        and isinstance(noeud.func, ast.Attribute)
        and noeud.func.attr in ECRITURES - AILLEURS.get(nom(module), set())
    ]
    assert ecritures == []
