"""What holds for every test: no network, no luck in row order, no undefined template variable, own files."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from hypothesis import settings as hypothesis
from playwright.sync_api import Playwright

from tests.rigueur import gabarits, ordre, reseau, second_facteur, vidage

# Playwright keeps an event loop in the thread of the tests; Django would take their queries for async ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = shutil.which("chromium")

# A slow machine is not a failure; CI always plays the same examples.
hypothesis.register_profile("poste", deadline=None)
hypothesis.register_profile("ci", deadline=None, derandomize=True)
hypothesis.load_profile("ci" if os.environ.get("CI") else "poste")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no worker ends alone on one; those the machine cannot play are said.

    CI must play them all.
    """
    items.sort(key=lambda essai: not any(map(essai.get_closest_marker, ("navigateur", "concurrence"))))
    if CHROMIUM is None and not os.environ.get("CI"):
        for essai in items:
            if essai.get_closest_marker("navigateur"):
                essai.add_marker(
                    pytest.mark.skip(reason="Chromium n'est pas installé (script/installer --essais)")
                )


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file made in memory has no name, and its bytes hold the time: workers would not agree."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(autouse=True)
def _gabarits_surveilles() -> None:
    # At each test: one that changes DEBUG or INSTALLED_APPS leaves a new engine behind.
    gabarits.surveiller()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Leave nobody connected when the database is dropped: a thread of the live server may be slow to end."""
    yield
    with django_db_blocker.unblock():
        vidage.congedier()


@pytest.fixture(scope="session", autouse=True)
def _vidage_permis() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        vidage.permettre(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _reseau_ferme(monkeypatch: pytest.MonkeyPatch) -> None:
    reseau.fermer(monkeypatch)


@pytest.fixture(autouse=True)
def _second_facteur_passe(monkeypatch: pytest.MonkeyPatch) -> None:
    second_facteur.passer(monkeypatch)


@pytest.fixture(autouse=True)
def _sans_ordre_garanti(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    ordre.melanger(monkeypatch, request.node.nodeid)


@pytest.fixture(scope="session")
def _dossier_des_fichiers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fichiers")


@pytest.fixture(autouse=True)
def _fichiers_jetables(settings: Any, _dossier_des_fichiers: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = _dossier_des_fichiers
    yield
    for reste in _dossier_des_fichiers.iterdir():
        shutil.rmtree(reste) if reste.is_dir() else reste.unlink()


@pytest.fixture(scope="session")
def playwright(playwright: Playwright) -> Iterator[Playwright]:
    """Give back the connections opened while its event loop ran.

    Django keeps those of a running loop apart from those of the thread: without this, the last one would
    still hold the test database when it is dropped.
    """
    yield playwright
    connections.close_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, cut off from everything but this machine."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }
