"""A code sent to the address that ProConnect gave: whoever reads it holds the address."""

import time

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest

ESSAIS = 3
DUREE = 15 * 60  # seconds
_CLE = "proconnect_code"


def envoyer_code(request: HttpRequest, courriel: str) -> None:
    """A new code, kept in the session only; the former one is void."""
    adaptateur = get_adapter(request)
    code = adaptateur.generate_email_verification_code()
    request.session[_CLE] = {"code": code, "a": time.time(), "essais": 0}
    adaptateur.send_mail("account/email/email_confirmation", courriel, {"code": code})


def code_envoye(request: HttpRequest) -> bool:
    """A code is awaited."""
    return _CLE in request.session


def code_juste(request: HttpRequest, saisi: str) -> bool:
    """The code sent, within its time and its tries; it serves once."""
    attendu = request.session.get(_CLE)
    if attendu is None:
        return False
    juste = compare_user_code(actual=saisi, expected=attendu["code"])
    dans_les_temps = time.time() - attendu["a"] <= DUREE
    attendu["essais"] += 1
    if juste or not dans_les_temps or attendu["essais"] >= ESSAIS:
        del request.session[_CLE]
    request.session.modified = True
    return juste and dans_les_temps
