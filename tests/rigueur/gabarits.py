"""An undefined variable in one of our templates fails the test that rendered it; libraries are left alone."""

import inspect
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Node, Variable
from django.template.engine import Engine

RACINE = Path(settings.BASE_DIR)


def _gabarit_en_cours() -> str:
    """Path of the template being rendered, found on the stack: an included template has nodes of its own."""
    cadre = inspect.currentframe()
    while cadre is not None:
        noeud = cadre.f_locals.get("self")
        if isinstance(noeud, Node) and hasattr(noeud, "origin"):
            return str(noeud.origin.name)
        cadre = cadre.f_back
    return ""


def _est_a_nous(nom: str) -> bool:
    chemin = Path(nom)
    return chemin.is_relative_to(RACINE) and not chemin.is_relative_to(RACINE / ".venv")


class VariableInconnue(str):
    """Stands for `string_if_invalid`: empty, so harmless, in a library's template; a failure in ours."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return _est_a_nous(_gabarit_en_cours())

    def __contains__(self, texte: object) -> bool:
        return texte == "%s"

    def __mod__(self, variable: Variable) -> str:
        pytest.fail(
            f"Variable de gabarit indéfinie : « {variable} » dans {_gabarit_en_cours()}", pytrace=False
        )


def surveiller() -> None:
    """Arm the engine itself: in the settings, Django would not accept an object."""
    Engine.get_default().string_if_invalid = VariableInconnue()
