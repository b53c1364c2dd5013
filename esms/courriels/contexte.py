"""The number of unread notifications, for the header of every page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from esms.courriels.requetes import COMPTEES, nombre_non_lues


def notifications(request: HttpRequest) -> dict[str, object]:
    """`non_lues`: "3", "99+", or nothing; counted once, and only if the template asks."""
    return {"non_lues": SimpleLazyObject(lambda: _en_mots(nombre_non_lues(request.user)))}


def _en_mots(nombre: int) -> str:
    if not nombre:
        return ""
    return f"{COMPTEES}+" if nombre > COMPTEES else str(nombre)
