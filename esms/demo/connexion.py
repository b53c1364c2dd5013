"""Signing in, with the demonstration accounts shut out of every real service."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from esms.comptes.models import Utilisateur

DOMAINE = "@demo.example"


class Connexion(ModelBackend):
    """E-mail and password.

    The password of the demonstration is public: its accounts neither sign in nor stay signed in where nobody
    asked for it (settings.ESMS_DEMO).
    """

    def authenticate(  # type: ignore[override]  # the parent takes any keyword
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        *,
        email: str | None = None,
    ) -> Utilisateur | None:
        """The account of this address (allauth calls it `email`) and password."""
        return super().authenticate(request, username=username or email, password=password)

    def user_can_authenticate(self, user: Utilisateur | AnonymousUser | None) -> bool:
        """Asked at sign-in, and again at each request of a session already open."""
        if user is not None and user.get_username().endswith(DOMAINE) and not settings.ESMS_DEMO:
            return False
        return super().user_can_authenticate(user)
