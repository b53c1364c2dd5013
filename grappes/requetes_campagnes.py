"""Reading the calls for projects."""

from datetime import datetime
from typing import Any


def campagnes_ouvertes(instant: datetime) -> list[Any]:
    """Calls open at `instant`."""
    return []
