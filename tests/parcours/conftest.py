"""The fictional world, really committed, and a browser that walks in it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser

from esms.demo import chargement
from tests.parcours.boite import Boite
from tests.parcours.navigation import BUREAU, Navigation


@pytest.fixture
def monde_charge(transactional_db: None, settings: Any) -> None:
    """Register, campagnes and accounts; no dossier."""
    settings.ESMS_DEMO = True
    chargement.charger(le=timezone.localdate(), annoncer=lambda etape: None, avec_dossiers=False)


@pytest.fixture
def monde_peuple(transactional_db: None, settings: Any) -> None:
    """The whole demonstration, dossiers included."""
    settings.ESMS_DEMO = True
    chargement.charger(le=timezone.localdate(), annoncer=lambda etape: None)


@pytest.fixture
def boite(mailoutbox: list[Any]) -> Boite:
    """What people receive; the limits on sign-ups start from zero."""
    cache.clear()
    return Boite(mailoutbox)


@pytest.fixture
def ouvrir_navigateur(browser: Browser, live_server: Any) -> Iterator[Callable[..., Navigation]]:
    """Open a window of its own (cookies apart); at the end, nothing may have gone wrong in any of them."""
    fenetres: list[Navigation] = []

    def ouvrir(*, javascript: bool = True) -> Navigation:
        contexte = browser.new_context(
            java_script_enabled=javascript,
            locale="fr-FR",
            viewport={"width": BUREAU[0], "height": BUREAU[1]},
        )
        fenetres.append(Navigation(contexte.new_page(), live_server.url))
        return fenetres[-1]

    yield ouvrir
    for fenetre in fenetres:
        fenetre.page.context.close()
    assert [faute for fenetre in fenetres for faute in fenetre.fautes()] == []
