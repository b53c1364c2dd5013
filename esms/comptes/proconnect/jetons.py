"""The tokens of ProConnect, believed only when everything in them is right.

mozilla-django-oidc checks the signature and the nonce; it lets any `aud` and `iss` through, and reads an
unsigned userinfo. ProConnect signs its own: anything else is refused (OIDC Core § 3.1.3.7 and 5.3.2).
"""

from collections.abc import Mapping
from typing import Any

import jwt
import requests
from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import absolutify

from esms.comptes.noms import adresse_valide
from esms.comptes.proconnect.identite import Identite

DERIVE = 30  # seconds that the two clocks may differ by
_EXIGES = ["iss", "aud", "sub"]
_TYPE_SIGNE = "application/jwt"


class IdentiteRefusee(Exception):
    """ProConnect answered something that cannot be believed, or did not answer."""


class ProConnect(OIDCAuthenticationBackend):
    """The dialogue with the provider; not in AUTHENTICATION_BACKENDS: only allauth opens a session."""

    def identifier(
        self, request: HttpRequest, *, code: str, nonce: str, verificateur: str | None
    ) -> tuple[Identite, str]:
        """Who this code stands for, and the id token that signing out will need. Raises IdentiteRefusee."""
        try:
            jetons = self.get_token(self._demande(request, code, verificateur))
            charge = self.verify_token(jetons["id_token"], nonce=nonce)
            infos = self.get_userinfo(jetons["access_token"], jetons["id_token"], charge)
            return _identite(charge, infos), jetons["id_token"]
        except (
            jwt.PyJWTError,
            requests.RequestException,
            SuspiciousOperation,
            ValidationError,
            KeyError,
            TypeError,
            ValueError,
        ) as cause:
            raise IdentiteRefusee(f"{type(cause).__name__}\u00a0: {cause}") from cause

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Claims of an id token signed by the provider, meant for us, not expired, asked by this session."""
        nonce = kwargs.get("nonce")
        charge = self._decoder(token, exiges=[*_EXIGES, "exp", "iat", "nonce"])
        if not nonce or charge["nonce"] != nonce:
            raise SuspiciousOperation("nonce")
        return charge

    def get_userinfo(self, access_token: str, id_token: str, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Claims of the person: a signed JWT, for us, about the same `sub` as the id token."""
        reponse = requests.get(
            self.OIDC_OP_USER_ENDPOINT,
            headers={"Authorization": f"Bearer {access_token}"},
            timeout=settings.OIDC_TIMEOUT,
            allow_redirects=False,
        )
        reponse.raise_for_status()
        if not reponse.headers.get("content-type", "").lower().startswith(_TYPE_SIGNE):
            raise SuspiciousOperation("userinfo non signé")
        infos = self._decoder(reponse.text, exiges=_EXIGES)
        if infos["sub"] != payload["sub"]:
            raise SuspiciousOperation("sub")
        return infos

    def _decoder(self, jeton: str, *, exiges: list[str]) -> dict[str, Any]:
        charge: dict[str, Any] = jwt.decode(
            jeton,
            self.retrieve_matching_jwk(jeton),
            algorithms=[self.OIDC_RP_SIGN_ALGO],  # never the one that the token names
            audience=self.OIDC_RP_CLIENT_ID,
            issuer=settings.PROCONNECT_EMETTEUR,
            leeway=DERIVE,
            options={"require": exiges},
        )
        partage = isinstance(charge["aud"], list) and len(charge["aud"]) > 1
        if partage and charge.get("azp") != self.OIDC_RP_CLIENT_ID:
            raise SuspiciousOperation("azp")
        return charge

    def _demande(self, request: HttpRequest, code: str, verificateur: str | None) -> dict[str, str]:
        demande = {
            "client_id": self.OIDC_RP_CLIENT_ID,
            "client_secret": self.OIDC_RP_CLIENT_SECRET,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": absolutify(request, reverse(settings.OIDC_AUTHENTICATION_CALLBACK_URL)),
        }
        return demande | ({"code_verifier": verificateur} if verificateur else {})


def _identite(charge: Mapping[str, Any], infos: Mapping[str, Any]) -> Identite:
    """Raises ValidationError for an address that the sign-up form would refuse, hidden marks included."""
    prenom, nom = str(infos.get("given_name", "")), str(infos.get("usual_name", ""))
    courriel = adresse_valide(str(infos["email"]))
    return Identite(
        sub=charge["sub"],
        courriel=courriel,
        nom=(f"{prenom} {nom}".strip() or courriel)[:120],
        courriel_verifie=infos.get("email_verified") is True,
        second_facteur=_second_facteur(charge),
    )


def _second_facteur(charge: Mapping[str, Any]) -> bool:
    """The provider asked for two factors: its level (`acr`) says so, or its methods (`amr`, RFC 8176)."""
    methodes = charge.get("amr")
    multiples = isinstance(methodes, list) and "mfa" in methodes
    return multiples or charge.get("acr") in settings.PROCONNECT_ACR_SECOND_FACTEUR
