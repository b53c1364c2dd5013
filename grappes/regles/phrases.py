"""Small pieces of French for the sentences of the checks."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from esms.socle.montants import ESPACE_INSECABLE, nombre

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
MONTRES = 3
"""Names quoted in a sentence before « et n autres »."""


def compte(quantite: int, singulier: str, pluriel: str = "") -> str:
    """« 1 région », « 3 régions »; ESSMS does not change."""
    mot = singulier if quantite < 2 else pluriel or singulier
    return f"{nombre(quantite)}{ESPACE_INSECABLE}{mot}"


def essms(quantite: int) -> str:
    """« 20 ESSMS »."""
    return compte(quantite, "ESSMS")


def heures(quantite: Decimal) -> str:
    """« 1 000 », « 1 000,50 »: decimals only when there are some."""
    return nombre(quantite, 0 if quantite == quantite.to_integral_value() else 2)


def citer(noms: Sequence[str]) -> str:
    """« a, b et c » or « a, b, c et 4 autres »: a sentence stays a sentence with 5 000 ESSMS."""
    if len(noms) > MONTRES + 1:
        return f"{', '.join(noms[:MONTRES])} et {len(noms) - MONTRES} autres"
    return " et ".join(filter(None, (", ".join(noms[:-1]), *noms[-1:])))


def guillemets(texte: str) -> str:
    """Text between French quotation marks."""
    return f"«{ESPACE_INSECABLE}{texte}{ESPACE_INSECABLE}»"


def jour(valeur: date) -> str:
    """« 1er juin 2025 »."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme} {MOIS[valeur.month - 1]} {valeur.year}"


def instant(valeur: datetime, zone: ZoneInfo) -> str:
    """« 13 juin 2025 à 23 h 59 min 59 s, heure de Paris »."""
    local = valeur.astimezone(zone)
    secondes = f" min {local.second:02d} s" if local.second else ""
    ville = zone.key.rpartition("/")[2].replace("_", " ")
    return f"{jour(local.date())} à {local.hour} h {local.minute:02d}{secondes}, heure de {ville}"
