"""Reading the calls for projects: which are open, and the edition with the dates that a campagne gives it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from esms.aap import Edition, edition
from esms.aap.calendrier import Calendrier, Fenetre
from grappes.models import Campagne

DATEES_GARDEES = 256  # editions dated by a campagne: far more than the campagnes of the country


class _Dates(NamedTuple):
    """What a campagne changes in its edition."""

    ouverture: date
    fermeture: date
    fermeture_multiregionale: date | None
    recevabilite: date | None


def campagnes_ouvertes(instant: datetime) -> list[Campagne]:
    """Calls whose window, in the legal time of their ARS, holds `instant`; nearest closing first."""
    # One day of margin on each side covers every time zone; the exact test follows, on the few rows left.
    jour = instant.date()
    proches = Campagne.objects.filter(
        ouverture__lte=jour + timedelta(days=1), fermeture__gte=jour - timedelta(days=1)
    )
    return [campagne for campagne in proches if est_ouverte(campagne, instant)]


def est_ouverte(campagne: Campagne, instant: datetime) -> bool:
    """C1: from the first day's midnight to the end of the last day, at the ARS's legal time."""
    debut, fin = _fenetre(campagne).bornes(ZoneInfo(campagne.fuseau))
    return debut <= instant < fin


def edition_de(campagne: Campagne) -> Edition:
    """The edition, its calendar replaced by the campagne's dates; everything else is the published text.

    The same object for the same text and the same dates: what it derives from them is derived once.
    """
    dates = _Dates(
        campagne.ouverture, campagne.fermeture, campagne.fermeture_multiregionale, campagne.recevabilite
    )
    return _datee(campagne.edition, edition(campagne.edition).version, dates)


def _fenetre(campagne: Campagne) -> Fenetre:
    return Fenetre(regle="C1", article="", ouvre=campagne.ouverture, ferme=campagne.fermeture)


@lru_cache(DATEES_GARDEES)
def _datee(slug: str, version: str, dates: _Dates) -> Edition:
    """`version` tells apart two texts that bear the same name."""
    origine = edition(slug)
    return replace(origine, calendrier=_calendrier(origine.calendrier, dates))


def _calendrier(publie: Calendrier, dates: _Dates) -> Calendrier:
    """The end of the instruction follows the closing, never before the end of the phase that precedes it."""
    multi = publie.depot_multiregional
    if multi is not None and dates.fermeture_multiregionale is not None:
        multi = replace(multi, ouvre=dates.ouverture, ferme=dates.fermeture_multiregionale)
    recevabilite = replace(publie.recevabilite, jusqu_au=dates.recevabilite or publie.recevabilite.jusqu_au)
    fin = publie.instruction.jusqu_au
    if fin is not None:
        decalee = fin + (dates.fermeture - publie.depot.ferme)
        fin = max(decalee, recevabilite.jusqu_au or dates.fermeture)
    return replace(
        publie,
        depot=replace(publie.depot, ouvre=dates.ouverture, ferme=dates.fermeture),
        depot_multiregional=multi,
        recevabilite=recevabilite,
        instruction=replace(publie.instruction, jusqu_au=fin),
    )
