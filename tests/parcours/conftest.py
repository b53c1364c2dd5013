"""The fictional world, really committed, and a browser that walks in it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser

from esms.demo import chargement
from tests.parcours.boite import Boite
from tests.parcours.fenetres import Reserve
from tests.parcours.instantane import Instantanes
from tests.parcours.navigation import Navigation


@pytest.fixture(scope="session")
def instantanes(tmp_path_factory: pytest.TempPathFactory) -> Instantanes:
    return Instantanes(tmp_path_factory.mktemp("instantanes"))


@pytest.fixture
def monde_charge(transactional_db: None, settings: Any, instantanes: Instantanes) -> None:
    """Register, campagnes and accounts of the demonstration; no dossier."""
    settings.ESMS_DEMO = True
    jour = timezone.localdate()
    instantanes.rendre(
        jour, lambda: chargement.charger(le=jour, annoncer=lambda etape: None, avec_dossiers=False)
    )


@pytest.fixture
def boite(mailoutbox: list[Any]) -> Boite:
    """What people receive; the limits on sign-ups start from zero."""
    cache.clear()
    return Boite(mailoutbox)


@pytest.fixture(scope="session")
def reserve(browser: Browser) -> Reserve:
    return Reserve(browser)


@pytest.fixture
def ouvrir_navigateur(reserve: Reserve, live_server: Any) -> Iterator[Callable[..., Navigation]]:
    """Open a window of its own (cookies apart); at the end, nothing may have gone wrong in any of them."""
    fenetres: list[Navigation] = []

    def ouvrir(*, javascript: bool = True) -> Navigation:
        fenetres.append(Navigation(reserve.prendre(javascript=javascript), live_server.url))
        return fenetres[-1]

    yield ouvrir
    fautes = [faute for fenetre in fenetres for faute in fenetre.fautes()]
    reserve.reprendre(live_server.url)
    assert fautes == []
