"""Leaving ProConnect with the portal (OpenID Connect RP-Initiated Logout)."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

CLE_DU_JETON = "proconnect_jeton"
CLE_DE_SORTIE = "proconnect_sortie"


def adresse_de_sortie(request: HttpRequest, etat: str) -> str | None:
    """Where to sign out of the provider; None for a session that does not come from it."""
    jeton = request.session.get(CLE_DU_JETON)
    if not jeton or not settings.PROCONNECT_ACTIF:
        return None
    parametres = {
        "id_token_hint": jeton,
        "state": etat,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("comptes:proconnect_sorti")),
    }
    return f"{settings.PROCONNECT_SORTIE}?{urlencode(parametres)}"
