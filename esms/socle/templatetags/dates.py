"""French dates and hours, for every template: « 1er novembre 2026 », « 2 h 05 »."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.dates import MONTHS
from django.utils.timezone import localtime

from esms.socle.montants import ESPACE_INSECABLE

register = template.Library()


@register.filter
def jour(valeur: date | datetime | None, fuseau: str = "") -> str:
    """`{{ le|jour:campagne.fuseau }}` → 22 novembre 2026, in that time zone; nothing for None."""
    if valeur is None:
        return ""
    local = _local(valeur, fuseau) if isinstance(valeur, datetime) else valeur
    quantieme = "1er" if local.day == 1 else str(local.day)
    return f"{quantieme}{ESPACE_INSECABLE}{MONTHS[local.month]} {local.year}"


@register.filter
def heure(valeur: datetime | None, fuseau: str = "") -> str:
    """`{{ le|heure:campagne.fuseau }}` → 2 h 05, in that time zone; nothing for None."""
    if valeur is None:
        return ""
    local = _local(valeur, fuseau)
    return f"{local.hour}{ESPACE_INSECABLE}h{ESPACE_INSECABLE}{local.minute:02d}"


@register.filter
def instant(valeur: datetime | None, fuseau: str = "") -> str:
    """`{{ le|instant:campagne.fuseau }}` → 22 novembre 2026 à 2 h 05."""
    return f"{jour(valeur, fuseau)} à {heure(valeur, fuseau)}" if valeur else ""


def _local(valeur: datetime, fuseau: str) -> datetime:
    return localtime(valeur, ZoneInfo(fuseau)) if fuseau else localtime(valeur)
