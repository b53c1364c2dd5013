"""Every address asks who is there, but for a list that is written here."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

# Without an account: home and legal pages, checking a receipt, signing in, the link of an invitation (whose
# guest may have no account yet), the simulator, its API, the calls.
PUBLIQUES = {
    "accueil",
    "accessibilite",
    "mentions",
    "verifier",
    "appels:liste",
    "appels:fiche",
    "appels:document",
    "droits:invitation",
    "comptes:connexion",
    "comptes:deconnexion",
    "comptes:proconnect",
    "comptes:proconnect_retour",
    "comptes:proconnect_prouver",
    "comptes:proconnect_sorti",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_password_reset_completed",
}
# Steps of a sign-in, of a sign-up or of a forgotten password: without the step before, back to the first one.
ETAPES = {
    "account_email_verification_sent": "account_login",
    "account_confirm_password_reset_code": "account_login",
    "account_complete_password_reset": "account_reset_password",
    "mfa_authenticate": "account_login",
    "mfa_login_webauthn": "account_login",
}
PUBLICS = ("simulation:", "api:")

EXEMPLES: dict[str, Any] = {
    "UUIDConverter": uuid.UUID(int=1),
    "SlugConverter": "exemple",
    "StringConverter": "exemple",
    "IntConverter": 1,
    "ConvertisseurDeCle": "0" * 20,
    "ConvertisseurFiness": "310781562",
}


def _adresses(resolveur: URLResolver, espace: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and sample arguments of every address."""
    for motif in resolveur.url_patterns:
        if isinstance(motif, URLResolver):
            yield from _adresses(motif, f"{espace}{motif.namespace}:" if motif.namespace else espace)
        elif isinstance(motif, URLPattern):
            exemples = {nom: EXEMPLES[type(c).__name__] for nom, c in motif.pattern.converters.items()}
            yield f"{espace}{motif.name}", exemples


ADRESSES = dict(_adresses(get_resolver()))


def _publique(nom: str) -> bool:
    return nom in PUBLIQUES or nom.startswith(PUBLICS)


@pytest.mark.parametrize("nom", ETAPES)
def test_etape_sans_la_precedente_renvoie_a_la_premiere(nom: str, client: Client) -> None:
    assert client.get(reverse(nom)).headers["location"] == reverse(ETAPES[nom])


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize("nom", [nom for nom in ADRESSES if not _publique(nom) and nom not in ETAPES])
def test_adresse_fermee_renvoie_a_la_connexion(nom: str, methode: str, client: Client) -> None:
    adresse = reverse(nom, kwargs=ADRESSES[nom])
    reponse = getattr(client, methode)(adresse)
    # A view may say more in `next`: the start of a dossier keeps its simulation.
    vers = reponse.headers.get("location", "").partition("=")[0]
    assert (reponse.status_code, vers) == (302, f"{reverse(settings.LOGIN_URL)}?next")


@pytest.mark.parametrize("nom", [nom for nom in ADRESSES if _publique(nom)])
def test_adresse_publique_ne_demande_pas_de_compte(nom: str, client: Client) -> None:
    assert client.get(reverse(nom, kwargs=ADRESSES[nom])).status_code != 302
