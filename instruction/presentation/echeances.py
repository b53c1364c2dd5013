"""How a deadline is said: the last day, « à minuit », rather than the first instant too late."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from esms.socle.templatetags.dates import jour

RIEN = timedelta(microseconds=1)


def limite(echeance: datetime, fuseau: str) -> str:
    """« 4 juillet 2025 à minuit » for the midnight that ends the 4th, at the legal time of the ARS."""
    return f"{jour((echeance - RIEN).astimezone(ZoneInfo(fuseau)).date())} à minuit"
