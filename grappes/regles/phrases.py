"""Small pieces of French for the sentences of the checks."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

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
PLURIEL = 2
"""From how many on French uses the plural: 0 and 1,5 are singular."""
MONTRES = 3
"""Names quoted in a sentence before « et n autres »."""


def compte(quantite: int, singulier: str, pluriel: str = "") -> str:
    """« 1 région », « 3 régions »; ESSMS does not change."""
    mot = singulier if quantite < PLURIEL else pluriel or singulier
    return f"{nombre(quantite)}{ESPACE_INSECABLE}{mot}"


def essms(quantite: int) -> str:
    """« 20 ESSMS »."""
    return compte(quantite, "ESSMS")


def heures(quantite: Decimal) -> str:
    """« 1 000 », « 1 000,50 »: decimals only when there are some."""
    return nombre(quantite, 0 if quantite == quantite.to_integral_value() else 2)


def heures_medico_sociales(quantite: Decimal) -> str:
    """« 1 heure médico-sociale », « 914,50 heures médico-sociales »: French counts two from 2 on."""
    mots = "heures médico-sociales" if quantite >= PLURIEL else "heure médico-sociale"
    return f"{heures(quantite)}{ESPACE_INSECABLE}{mots}"


def aucun(total: int, verbe: str, suite: str) -> str:
    """« Aucun des 7 ESSMS ne déclare d’autre aide », « L’ESSMS du projet ne déclare pas d’autre aide ».

    `verbe` comes with its « ne ».
    """
    if total == 1:
        return f"L’ESSMS du projet {verbe} pas {suite}"
    return f"Aucun des {essms(total)} {verbe} {suite}"


def sont(partie: int, total: int, quoi: str) -> str:
    """« 6 des 7 ESSMS sont PA », « les 7 ESSMS sont PA », « aucun des 7 ESSMS n’est PA », with a capital."""
    if not partie:
        return aucun(total, "n’est", quoi)
    if partie < total:
        return f"{partie} des {essms(total)} {'sont' if partie >= PLURIEL else 'est'} {quoi}"
    return f"L’ESSMS du projet est {quoi}" if total == 1 else f"Les {essms(total)} sont {quoi}"


def ou(noms: Sequence[str]) -> str:
    """« PA, PH ou DOM »: short closed lists, never cut."""
    return " ou ".join(filter(None, (", ".join(noms[:-1]), *noms[-1:])))


def et(noms: Sequence[str]) -> str:
    """« E8, E9 et E12 »: short closed lists, never cut."""
    return " et ".join(filter(None, (", ".join(noms[:-1]), *noms[-1:])))


def citer(noms: Sequence[str]) -> str:
    """« a, b et c » or « a, b, c et 4 autres »: a sentence stays a sentence with 5 000 ESSMS."""
    if len(noms) > MONTRES + 1:
        return f"{', '.join(noms[:MONTRES])} et {len(noms) - MONTRES} autres"
    return et(noms)


def guillemets(texte: str) -> str:
    """Text between French quotation marks."""
    return f"«{ESPACE_INSECABLE}{texte}{ESPACE_INSECABLE}»"


def jour(valeur: date) -> str:
    """« 1er juin 2025 »."""
    quantieme = "1er" if valeur.day == 1 else str(valeur.day)
    return f"{quantieme} {MOIS[valeur.month - 1]} {valeur.year}"
