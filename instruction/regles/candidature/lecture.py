"""Reading the JSON of a section without trusting it: what is absent or of another kind is empty. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

_RIEN: Mapping[str, Any] = {}


def table(contenu: Mapping[str, Any], cle: str) -> Mapping[str, Any]:
    """The table under `cle`; empty when there is none."""
    valeur = contenu.get(cle)
    return valeur if isinstance(valeur, Mapping) else _RIEN


def lignes(contenu: Mapping[str, Any], cle: str) -> tuple[Mapping[str, Any], ...]:
    """The lines of the list under `cle`, in the order they were typed."""
    valeur = contenu.get(cle)
    return tuple(ligne for ligne in valeur if isinstance(ligne, Mapping)) if isinstance(valeur, list) else ()


def texte(contenu: Mapping[str, Any], cle: str) -> str:
    """The words under `cle`, without the blanks around them."""
    valeur = contenu.get(cle)
    return valeur.strip() if isinstance(valeur, str) else ""


def entier(contenu: Mapping[str, Any], cle: str) -> int | None:
    """The whole number under `cle`."""
    valeur = contenu.get(cle)
    return valeur if isinstance(valeur, int) and not isinstance(valeur, bool) else None


def jour(contenu: Mapping[str, Any], cle: str) -> date | None:
    """The day under `cle`, kept as AAAA-MM-JJ."""
    try:
        return date.fromisoformat(texte(contenu, cle))
    except ValueError:
        return None


def montant(contenu: Mapping[str, Any], cle: str) -> Decimal | None:
    """The amount under `cle` in EUR, kept as « 1234.50 »; None for anything that is not one."""
    try:
        lu = Decimal(texte(contenu, cle))
    except InvalidOperation:
        return None
    return lu if lu.is_finite() and lu >= 0 else None
