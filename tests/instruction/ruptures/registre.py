"""Ways to break one condition of a gesture, and one only, on a dossier where all the others are met.

`@rompt(geste, rang)`: plays the gesture with its condition number `rang` (from 0, in the order of
instruction/etats.py) unmet. `@permet(geste)`: plays it with every condition met.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from tests.fabriques import Monde

Tentative = Callable[..., Any]
RUPTURES: dict[tuple[str, int], list[tuple[Tentative, str]]] = defaultdict(list)
PERMIS: dict[str, Tentative] = {}


def rompt(geste: str, rang: int, chaque: str = "") -> Callable[[Tentative], Tentative]:
    """Declare one way to break that condition. `chaque`: what each sentence says, when there are several."""

    def ranger(tentative: Tentative) -> Tentative:
        RUPTURES[geste, rang].append((tentative, chaque))
        return tentative

    return ranger


def permet(geste: str) -> Callable[[Tentative], Tentative]:
    """Declare the same gesture with nothing broken."""

    def ranger(tentative: Tentative) -> Tentative:
        PERMIS[geste] = tentative
        return tentative

    return ranger


def a_l_instant(instant: datetime, tentative: Tentative, monde: Monde) -> Any:
    """Play it then."""
    with time_machine.travel(instant, tick=False):
        return tentative(monde)


def dans(jours: int) -> datetime:
    """So many days from now."""
    return timezone.now() + timedelta(days=jours)
