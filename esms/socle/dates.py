"""Days, hours and closings as French says them, in the legal time of an ARS. Pure: no Django, no clock."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from esms.socle.montants import ESPACE_INSECABLE

JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
HEURES_LEGALES: Mapping[str, str] = {
    "Europe/Paris": "heure de Paris",
    "America/Guadeloupe": "heure de la Guadeloupe",
    "America/Martinique": "heure de la Martinique",
    "America/Cayenne": "heure de la Guyane",
    "Indian/Reunion": "heure de La Réunion",
    "Indian/Mayotte": "heure de Mayotte",
}
RIEN = timedelta(microseconds=1)


def jour(valeur: date) -> str:
    """« 1er novembre 2026 »."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme}{ESPACE_INSECABLE}{MOIS[valeur.month - 1]} {valeur.year}"


def heure(valeur: datetime) -> str:
    """« 2 h 05 »."""
    return ESPACE_INSECABLE.join((str(valeur.hour), "h", f"{valeur.minute:02d}"))


def instant(valeur: datetime, fuseau: str) -> str:
    """« 22 novembre 2026 à 2 h 05 », in that time zone."""
    local = valeur.astimezone(ZoneInfo(fuseau))
    return f"{jour(local)} à {heure(local)}"


def a_la_seconde(valeur: datetime, fuseau: str) -> str:
    """« 22 novembre 2026 à 2 h 05 min 07 s (heure de Paris) »: where a second may count."""
    local = valeur.astimezone(ZoneInfo(fuseau))
    secondes = ESPACE_INSECABLE.join(("", "min", f"{local.second:02d}", "s"))
    return f"{instant(valeur, fuseau)}{secondes} ({heure_legale(fuseau)})"


def derniere_seconde(dernier_jour: date, fuseau: str) -> str:
    """« mercredi 25 mars 2026 à 23 h 59 min 59 s (heure de Paris) »: how the portal says a closing.

    The last second in which something is received, when `dernier_jour` counts whole (C1, C2, C4, C5).
    """
    fin = ESPACE_INSECABLE.join(("23", "h", "59", "min", "59", "s"))
    return f"{JOURS[dernier_jour.weekday()]} {jour(dernier_jour)} à {fin} ({heure_legale(fuseau)})"


def dernier_jour(echeance: datetime, fuseau: str) -> date:
    """The day that ends at `echeance`, the first instant too late."""
    return (echeance - RIEN).astimezone(ZoneInfo(fuseau)).date()


def heure_legale(fuseau: str) -> str:
    """« heure de Paris »."""
    return HEURES_LEGALES.get(fuseau, f"heure de {fuseau.rpartition('/')[2].replace('_', ' ')}")
