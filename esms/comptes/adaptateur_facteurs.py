"""Where django-allauth asks the portal about second factors: their secrets are kept encrypted."""

import base64
from hashlib import sha256
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from esms.comptes.second_facteur import retirable

_SEL = b"esms.comptes.second_facteur:"


class AdaptateurDesFacteurs(DefaultMFAAdapter):
    """A stolen copy of the database gives no code: secrets are encrypted, under SECRET_KEY."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Votre rôle exige un second facteur\u00a0: ajoutez-en un autre avant "
        "de retirer celui-ci.",
        "cannot_generate_recovery_codes": "Activez d’abord un second facteur.",
        "incorrect_code": "Ce code est inexact ou a déjà servi.",
        "unverified_email": "Vérifiez d’abord votre adresse électronique.",
    }

    def encrypt(self, text: str) -> str:
        """With the current key."""
        return _coffre().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With the current key or one of those it replaced (SECRET_KEY_FALLBACKS)."""
        return _coffre().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Never the last one of an agent."""
        return retirable(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002
        """Proposed for a new passkey."""
        rang = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Clé d’accès" if rang == 1 else f"Clé d’accès n°\u00a0{rang}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal, as the browser names it when it asks for a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.ESMS_NOM}


def _coffre() -> MultiFernet:
    cles = [str(cle) for cle in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(sha256(_SEL + cle.encode()).digest())) for cle in cles]
    )
