"""Second factors of the demonstration: a secret that anybody can compute, so that its agents can sign in."""

import base64
import time
from hashlib import sha256

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings

_OCTETS = 20  # of a secret, RFC 4226


def secret(courriel: str) -> str:
    """The secret of an account, in the letters that an application takes."""
    return base64.b32encode(sha256(f"demonstration:{courriel}".encode()).digest()[:_OCTETS]).decode()


def code(courriel: str, *, decalage: int = 0) -> str:
    """The six digits of now, or of `decalage` periods from now."""
    periode = int(time.time()) // settings.MFA_TOTP_PERIOD + decalage
    return format_hotp_value(hotp_value(secret(courriel), periode))
