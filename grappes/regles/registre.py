"""Which function applies which rule: fed by `@regle`, read by the traceability table."""

from collections.abc import Callable
from typing import TypeVar

from esms.aap import CATALOGUE

Fonction = TypeVar("Fonction", bound=Callable[..., object])

_FONCTIONS: dict[str, list[str]] = {}


def regle(*identifiants: str) -> Callable[[Fonction], Fonction]:
    """Declare that a function applies these rules. Raises KeyError at import for one not in the catalogue."""

    def enregistrer(fonction: Fonction) -> Fonction:
        for identifiant in identifiants:
            if identifiant not in CATALOGUE:
                raise KeyError(f"{identifiant} n’est pas une règle du catalogue")
            _FONCTIONS.setdefault(identifiant, []).append(f"{fonction.__module__}.{fonction.__qualname__}")
        return fonction

    return enregistrer


def fonctions(identifiant: str) -> tuple[str, ...]:
    """Dotted names of the functions that apply a rule, sorted; only modules already imported count."""
    return tuple(sorted(_FONCTIONS.get(identifiant, ())))
