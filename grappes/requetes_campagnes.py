"""Reading the calls for projects: which are open, and the edition with the dates that a campagne gives it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from esms.aap import Edition, edition
from esms.aap.calendrier import Calendrier, Fenetre
from grappes.models import Campagne


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
    """The edition, its calendar replaced by the campagne's dates; everything else is the published text."""
    origine = edition(campagne.edition)
    return replace(origine, calendrier=_calendrier(origine.calendrier, campagne))


def editions_de(campagnes: Sequence[Campagne]) -> dict[int, Edition]:
    """The same for several, by primary key."""
    return {campagne.pk: edition_de(campagne) for campagne in campagnes}


def _fenetre(campagne: Campagne) -> Fenetre:
    return Fenetre(regle="C1", article="", ouvre=campagne.ouverture, ferme=campagne.fermeture)


def _calendrier(publie: Calendrier, campagne: Campagne) -> Calendrier:
    """The end of the instruction follows the closing, never before the end of the phase that precedes it."""
    multi = publie.depot_multiregional
    if multi is not None and campagne.fermeture_multiregionale is not None:
        multi = replace(multi, ouvre=campagne.ouverture, ferme=campagne.fermeture_multiregionale)
    recevabilite = replace(
        publie.recevabilite, jusqu_au=campagne.recevabilite or publie.recevabilite.jusqu_au
    )
    fin = publie.instruction.jusqu_au
    if fin is not None:
        decalee = fin + (campagne.fermeture - publie.depot.ferme)
        fin = max(decalee, recevabilite.jusqu_au or campagne.fermeture)
    return replace(
        publie,
        depot=replace(publie.depot, ouvre=campagne.ouverture, ferme=campagne.fermeture),
        depot_multiregional=multi,
        recevabilite=recevabilite,
        instruction=replace(publie.instruction, jusqu_au=fin),
    )
