"""How long a dossier is kept, by state. Pure.

A draft never filed is its porteur's alone: nobody received it, and it serves nothing once its campagne is
over (GDPR, article 5.1.e). What was filed, even withdrawn since, is a public record: its fate belongs to the
ARS and to the archives (code du patrimoine, L.212-2), and the portal erases none of it.
"""

from calendar import monthrange
from datetime import date, timedelta

MOIS_DU_BROUILLON = 12  # after the last closing of its campagne; the AAP says nothing of it
PREAVIS = timedelta(days=30)  # between the warning and the erasing, whatever delays either


def effacement_du_brouillon(fermeture: date) -> date:
    """First day on which a draft never filed may be erased, for a campagne that closed on that day."""
    annee, rang = divmod(fermeture.month - 1 + MOIS_DU_BROUILLON, 12)
    annee += fermeture.year
    dernier = monthrange(annee, rang + 1)[1]
    return date(annee, rang + 1, min(fermeture.day, dernier)) + timedelta(days=1)


def annonce_due(fermeture: date, jour: date) -> bool:
    """The porteur is to be warned from that day on."""
    return jour >= effacement_du_brouillon(fermeture) - PREAVIS


def effacement_annonce(fermeture: date, annonce: date) -> date:
    """The day that a warning given on `annonce` tells: the notice is whole, however late it comes."""
    return max(effacement_du_brouillon(fermeture), annonce + PREAVIS)
