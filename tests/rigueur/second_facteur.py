"""Agents signed in by `force_login` count as having passed their second factor, as allauth writes it down."""

import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

_SANS = Client.force_login
_CLE_DU_COMPTE = "account_authentication_methods_user"


def preuves(client: Client, personne: AbstractBaseUser, *methodes: str) -> None:
    """Write in the session of `client` that `personne` proved themselves by these methods, just now."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": m, "at": time.time()} for m in methodes]
    session[_CLE_DU_COMPTE] = str(personne.pk)
    session.save()


def entrer_sans(client: Client, personne: AbstractBaseUser) -> None:
    """Sign in by the password alone."""
    _SANS(client, personne)
    preuves(client, personne, "password")


def _entrer_avec(client: Client, user: AbstractBaseUser, backend: str | None = None) -> None:
    _SANS(client, user, backend)
    preuves(client, user, "password", "mfa")


def passer(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` stands for the whole sign-in, both factors included."""
    monkeypatch.setattr(Client, "force_login", _entrer_avec)
