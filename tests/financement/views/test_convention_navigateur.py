"""The screens of the conventions in a browser: axe in every state, 320 px, keyboard, no JavaScript needed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser

from esms.comptes.models import Utilisateur
from esms.socle.templatetags.dates import jour
from financement.models import Convention, EtatConvention
from tests.financement import mondes
from tests.parcours.navigation import BUREAU, Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def monde(transactional_db: None) -> mondes.Monde:
    return mondes.monde(nombre=30)


@pytest.fixture
def ouvrir(browser: Browser, live_server: Any) -> Iterator[Callable[..., Navigation]]:
    """A window where somebody is already signed in."""
    fenetres = []

    def entrer(qui: Utilisateur, *, javascript: bool = True) -> Navigation:
        client = Client()
        client.force_login(qui)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        contexte = browser.new_context(
            java_script_enabled=javascript,
            locale="fr-FR",
            viewport={"width": BUREAU[0], "height": BUREAU[1]},
        )
        contexte.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        fenetres.append(Navigation(contexte.new_page(), live_server.url))
        return fenetres[-1]

    yield entrer
    for fenetre in fenetres:
        fenetre.page.context.close()
    assert [faute for fenetre in fenetres for faute in fenetre.fautes()] == []


@pytest.mark.parametrize("etat", EtatConvention.values)
def test_fiche_accessible_dans_chaque_etat(monde, a_l_etat, ouvrir, etat):
    convention = a_l_etat(etat)
    nav = ouvrir(monde.administrateur)
    for chemin in (
        convention.get_absolute_url(),
        "/conventions/",
        f"/conventions/?etat={etat}",
        "/conventions/?etat=x",
    ):
        nav.aller(chemin)
        assert nav.violations() == []


def test_liste_vide_accessible(monde, ouvrir):
    nav = ouvrir(monde.instructeur)
    nav.aller("/conventions/?etat=signee")
    assert nav.violations() == []
    nav.cliquer("Voir toutes les conventions", role="link")
    assert nav.chemin() == "/conventions/"


def test_saisie_refusee_et_page_depassee_accessibles(monde, a_l_etat, ouvrir):
    convention = a_l_etat(EtatConvention.EMISE)
    nav = ouvrir(monde.administrateur)
    nav.aller(convention.get_absolute_url())
    autre = ouvrir(monde.administrateur)
    autre.aller(convention.get_absolute_url())
    nav._attendu = 422
    nav.cliquer("Enregistrer la signature")
    assert nav.violations() == []
    nav.page.get_by_role("link", name="Date de la dernière signature : Indiquez cette date.").click()
    assert nav.page.evaluate("document.activeElement.name") == "signature-le"
    nav.page.locator(":focus").fill(mondes.aujourdhui().isoformat())
    nav.page.keyboard.press("Enter")
    nav.page.get_by_text("La signature est enregistrée.").wait_for()
    autre._attendu = 409
    autre.page.get_by_label("Date de la dernière signature").fill(mondes.aujourdhui().isoformat())
    autre.cliquer("Enregistrer la signature")
    assert autre.violations() == []
    assert autre.texte().count("est déjà marquée signée le") == 1


def test_tout_le_parcours_sans_javascript(monde, ouvrir):
    nav = ouvrir(monde.administrateur, javascript=False)
    nav.aller("/conventions/")
    nav.cliquer("CONV-OCC-2025-0001", role="link")
    nav.cliquer("Émettre la convention")
    nav.page.get_by_label("Date de la dernière signature").fill(mondes.aujourdhui().isoformat())
    nav.cliquer("Enregistrer la signature")
    nav.page.get_by_label("Date du versement").fill(mondes.aujourdhui().isoformat())
    nav.page.get_by_label("Référence du paiement").fill("MANDAT 12")
    nav.cliquer("Enregistrer le versement")
    assert nav.texte().count(f"Versé le {jour(mondes.aujourdhui())}, référence MANDAT 12") == 1
    assert Convention.objects.get().versements.get().reference == "MANDAT 12"
