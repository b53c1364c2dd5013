"""The roles of the person who is signed in, for the navigation of every page."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from esms.comptes.acces import roles_actifs


def roles(request: HttpRequest) -> dict[str, object]:
    """`roles`: the set of roles held today, read once and only if the template asks.

    `proconnect_actif`: whether the operator has configured ProConnect.
    """
    return {
        "roles": SimpleLazyObject(lambda: roles_actifs(request.user)),
        "proconnect_actif": settings.PROCONNECT_ACTIF,
    }
