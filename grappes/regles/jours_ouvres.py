"""Working days, for deadlines that must not fall on a day when nobody answers. Pure.

Public holidays of article L.3133-1 of the labour code, and the day of the abolition of slavery overseas
(L.3422-2). Those of a single department or town are left out.
"""

from datetime import date, timedelta

# Region of the ARS → month and day of the abolition of slavery.
ABOLITION = {"01": (5, 27), "02": (5, 22), "03": (6, 10), "04": (12, 20), "06": (4, 27)}
_FIXES = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_APRES_PAQUES = (1, 39, 50)  # days: Easter Monday, Ascension, Whit Monday
_SAMEDI = 5


def jours_feries(annee: int, region: str = "") -> frozenset[date]:
    """Public holidays of a year, where the ARS sits."""
    dimanche = paques(annee)
    feries = {date(annee, mois, jour) for mois, jour in _FIXES}
    feries |= {dimanche + timedelta(days=ecart) for ecart in _APRES_PAQUES}
    if region in ABOLITION:
        feries.add(date(annee, *ABOLITION[region]))
    return frozenset(feries)


def est_ouvre(jour: date, region: str = "") -> bool:
    """Monday to Friday, and not a public holiday."""
    return jour.weekday() < _SAMEDI and jour not in jours_feries(jour.year, region)


def jour_ouvre_suivant(jour: date, region: str = "") -> date:
    """The first working day after `jour`."""
    suivant = jour + timedelta(days=1)
    while not est_ouvre(suivant, region):
        suivant += timedelta(days=1)
    return suivant


def paques(annee: int) -> date:
    """Easter Sunday in the Gregorian calendar (anonymous algorithm of 1876)."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l_) // 451
    mois, jour = divmod(h + l_ - 7 * m + 114, 31)
    return date(annee, mois, jour + 1)
