"""The pages of the account, empty, filled and in error: axe finds nothing, 320 px are enough.

Those of a passkey need a real one: test_comptes.
"""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.esms.comptes.fournisseur import brancher, ouvert
from tests.fabriques import MOT_DE_PASSE, utilisateur
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
VIDES = "account_email mfa_index mfa_activate_totp mfa_add_webauthn account_change_password".split()
REMPLIES = (
    "mfa_index mfa_view_recovery_codes mfa_generate_recovery_codes mfa_deactivate_totp "
    "account_reauthenticate mfa_reauthenticate"
).split()
REFUSEES = {  # a page, the field that is wrong there, what is typed in it
    "mfa_activate_totp": ("code", "000000"),
    "account_change_password": ("oldpassword", "faux"),
    "account_reauthenticate": ("password", "faux"),
}


@pytest.fixture(autouse=True)
def _compteurs_vides(transactional_db: None) -> None:
    cache.clear()


def test_pages_du_compte_et_des_seconds_facteurs_sont_accessibles(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    personne, nav = utilisateur("Camille Roux", MOT_DE_PASSE), ouvrir_navigateur()
    entrer(nav, personne)
    for nom in VIDES:
        verifier(nav, reverse(nom))
    for nom, (champ, faux) in REFUSEES.items():
        _refuser(nav, nom, champ, faux)
    TOTP.activate(personne, generate_totp_secret())
    RecoveryCodes.activate(personne)
    for nom in REMPLIES:
        verifier(nav, reverse(nom))
    _refuser(nav, "mfa_reauthenticate", "code", "000000")


def test_premier_mot_de_passe_et_preuve_de_proconnect_sont_accessibles(
    ouvrir_navigateur: Callable[..., Navigation], settings: Any
) -> None:
    nav, connue = ouvrir_navigateur(), utilisateur("Camille Roux", MOT_DE_PASSE)
    with ouvert() as fournisseur:
        brancher(settings, fournisseur)
        fournisseur.identite["email"] = connue.courriel
        client = Client()
        client.get(fournisseur.autoriser(client.post(reverse("comptes:proconnect"))["Location"]))
    nav.garder_la_session(client)
    verifier(nav, reverse("comptes:proconnect_prouver"))
    verifier(nav, reverse("account_login"))
    entrer(nav, utilisateur("Sans Mot de Passe"))
    verifier(nav, reverse("account_set_password"))


def _refuser(nav: Navigation, nom: str, champ: str, faux: str) -> None:
    """Send the form with this field wrong: the page comes back with its error, tied to the field."""
    nav.aller(reverse(nom))
    for mot_de_passe in nav.page.locator("main input[type=password]").all():
        mot_de_passe.fill(MOT_DE_PASSE)
    saisie = nav.page.locator(f"main input[name={champ}]")
    saisie.fill(faux)
    nav.suivre(nav.page.locator(f"main form:has(input[name={champ}]) button[type=submit]"))
    assert saisie.get_attribute("aria-invalid") == "true"
    assert nav.violations() == []
