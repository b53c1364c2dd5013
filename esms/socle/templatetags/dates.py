"""French dates and hours, for every template: « 1er novembre 2026 », « 2 h 05 ». The only clock format."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.timezone import get_current_timezone_name, localtime

from esms.socle import dates

register = template.Library()


@register.filter
def jour(valeur: date | datetime | None, fuseau: str = "") -> str:
    """`{{ le|jour:campagne.fuseau }}` → 22 novembre 2026, in that time zone; nothing for None."""
    if valeur is None:
        return ""
    return dates.jour(_local(valeur, fuseau) if isinstance(valeur, datetime) else valeur)


@register.filter
def heure(valeur: datetime | None, fuseau: str = "") -> str:
    """`{{ le|heure:campagne.fuseau }}` → 2 h 05, in that time zone; nothing for None."""
    return "" if valeur is None else dates.heure(_local(valeur, fuseau))


@register.filter
def instant(valeur: datetime | None, fuseau: str = "") -> str:
    """`{{ le|instant:campagne.fuseau }}` → 22 novembre 2026 à 2 h 05; says which hour without one."""
    if valeur is None:
        return ""
    ou = "" if fuseau else f" ({dates.heure_legale(get_current_timezone_name())})"
    return f"{jour(valeur, fuseau)} à {heure(valeur, fuseau)}{ou}"


@register.filter
def a_la_seconde(valeur: datetime | None, fuseau: str = "") -> str:
    """`{{ emis_le|a_la_seconde:campagne.fuseau }}` → 22 novembre 2026 à 2 h 05 min 07 s (heure de Paris)."""
    return dates.a_la_seconde(valeur, fuseau or get_current_timezone_name()) if valeur else ""


@register.filter
def derniere_seconde(dernier_jour: date | None, fuseau: str) -> str:
    """`{{ jour|derniere_seconde:fuseau }}` → vendredi 13 juin 2025 à 23 h 59 min 59 s (heure de Paris)."""
    return dates.derniere_seconde(dernier_jour, fuseau) if dernier_jour else ""


@register.filter
def limite(echeance: datetime | None, fuseau: str) -> str:
    """The same for the first instant too late: `{{ demande.echeance|limite:campagne.fuseau }}`."""
    return dates.derniere_seconde(dates.dernier_jour(echeance, fuseau), fuseau) if echeance else ""


@register.filter
def dernier_jour(echeance: datetime | None, fuseau: str) -> str:
    """The day alone, where a second does not count: `{{ echeance|dernier_jour:fuseau }}` → 13 juin 2025."""
    return dates.jour(dates.dernier_jour(echeance, fuseau)) if echeance else ""


@register.filter
def heure_legale(fuseau: str) -> str:
    """`{{ campagne.fuseau|heure_legale }}` → heure de la Guadeloupe."""
    return dates.heure_legale(fuseau)


def _local(valeur: datetime, fuseau: str) -> datetime:
    return localtime(valeur, ZoneInfo(fuseau)) if fuseau else localtime(valeur)
