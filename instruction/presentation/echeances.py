"""How a deadline is said: the last second that counts, rather than the first instant too late."""

from datetime import datetime

from esms.socle.dates import dernier_jour, derniere_seconde


def limite(echeance: datetime, fuseau: str) -> str:
    """« vendredi 4 juillet 2025 à 23 h 59 min 59 s (heure de Paris) » for the midnight that ends the 4th."""
    return derniere_seconde(dernier_jour(echeance, fuseau), fuseau)
