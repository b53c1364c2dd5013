"""A clock that a test sets, and a journal of three sealed days that anyone may spoil."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from tests.esms.journal import falsifications


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Give it an instant: it is now, until the next call."""
    return lambda instant: monkeypatch.setattr(timezone, "now", lambda: instant)


@pytest.fixture
def trois_jours(db: None, horloge: Callable[[datetime], None]) -> None:
    falsifications.lever_les_gardes()
    falsifications.remplir(horloge)
