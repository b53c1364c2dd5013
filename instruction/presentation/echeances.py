"""How a deadline is said: the last second that counts, rather than the first instant too late."""

from datetime import datetime
from zoneinfo import ZoneInfo

from esms.socle.dates import dernier_jour, derniere_seconde, jour
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.regles.conservation import effacement_du_brouillon


def limite(echeance: datetime, fuseau: str) -> str:
    """« vendredi 4 juillet 2025 à 23 h 59 min 59 s (heure de Paris) » for the midnight that ends the 4th."""
    return derniere_seconde(dernier_jour(echeance, fuseau), fuseau)


def effacement(dossier: Dossier, instant: datetime) -> str:
    """« 1er octobre 2027 », for a draft never filed that no longer can be; nothing for any other dossier."""
    fermeture = dossier.campagne.fermeture
    aujourd_hui = instant.astimezone(ZoneInfo(dossier.campagne.fuseau)).date()
    if dossier.etat != Etat.BROUILLON or dossier.numero or aujourd_hui <= fermeture:
        return ""
    return jour(effacement_du_brouillon(fermeture))
