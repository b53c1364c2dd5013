"""Time limit for an appeal against a refusal. Pure: no Django, no clock."""

import calendar
from datetime import date, timedelta

MOIS = 2
SAMEDI = 5


def dernier_jour_de_recours(notifiee_le: date) -> date:
    """Last day to appeal a decision notified on `notifiee_le` (CJA R.421-1): two whole months.

    The day of the notification does not count and the last one does (délai franc); one that ends on a
    Saturday or a Sunday runs to the Monday. Public holidays, which only lengthen it by a day, are not known
    here: whoever closes a dossier the very next day looks at the calendar.
    """
    mois = notifiee_le.month - 1 + MOIS
    annee, mois = notifiee_le.year + mois // 12, mois % 12 + 1
    quantieme = min(notifiee_le.day, calendar.monthrange(annee, mois)[1])
    dernier = date(annee, mois, quantieme) + timedelta(days=1)
    while dernier.weekday() >= SAMEDI:
        dernier += timedelta(days=1)
    return dernier
