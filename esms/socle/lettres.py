"""Amounts in French words, for the documents that commit a signature. Pure: standard library only.

Traditional spelling, the one of notaries: hyphens below one hundred only, « et » before un and onze,
« vingt » and « cent » in the plural when they close the number or precede a noun (millions), « mille » never.
"""

from decimal import Decimal

PLAFOND = Decimal("1000000000")

_UNITES = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_DIZAINES = (
    "",
    "",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre-vingt",
    "quatre-vingt",
)


def _sous_cent(valeur: int, *, pluriel: bool) -> str:
    """0 to 99. `pluriel`: nothing follows that is a number, so that « quatre-vingts » takes its s."""
    if valeur < 20:
        return _UNITES[valeur]
    if valeur == 80:
        return "quatre-vingts" if pluriel else "quatre-vingt"
    dizaine, unite = divmod(valeur, 10)
    if dizaine in (7, 9):
        unite += 10
    if unite == 0:
        return _DIZAINES[dizaine]
    liaison = " et " if unite in (1, 11) and dizaine < 8 else "-"
    return f"{_DIZAINES[dizaine]}{liaison}{_UNITES[unite]}"


def _sous_mille(valeur: int, *, pluriel: bool) -> str:
    """0 to 999, same meaning of `pluriel`."""
    centaines, reste = divmod(valeur, 100)
    if centaines == 0:
        return _sous_cent(reste, pluriel=pluriel)
    cent = "cent" if centaines == 1 else f"{_UNITES[centaines]} cent"
    if reste == 0:
        return f"{cent}s" if pluriel and centaines > 1 else cent
    return f"{cent} {_sous_cent(reste, pluriel=pluriel)}"


def entier_en_lettres(valeur: int) -> str:
    """0 to 999,999,999 in words; raises ValueError outside."""
    if not 0 <= valeur < PLAFOND:
        raise ValueError(f"nombre hors des bornes du texte en lettres\u00a0: {valeur}")
    millions, reste = divmod(valeur, 1_000_000)
    milliers, unites = divmod(reste, 1_000)
    morceaux = []
    if millions:
        morceaux.append(f"{_sous_mille(millions, pluriel=True)} million{'s' if millions > 1 else ''}")
    if milliers:
        morceaux.append("mille" if milliers == 1 else f"{_sous_mille(milliers, pluriel=False)} mille")
    if unites or not morceaux:
        morceaux.append(_sous_mille(unites, pluriel=True))
    return " ".join(morceaux)


def _compte(valeur: int, nom: str) -> str:
    """`valeur` in words and its noun: « un euro », « deux euros », « un million d’euros »."""
    liaison = " d’" if valeur and valeur % 1_000_000 == 0 else " "
    return f"{entier_en_lettres(valeur)}{liaison}{nom}{'s' if valeur > 1 else ''}"


def euros_en_lettres(montant: Decimal) -> str:
    """An amount in EUR in words, cents included when there are some.

    Raises ValueError when it is not a number, negative, not to the cent, or 1,000,000,000 and more.
    """
    if not montant.is_finite() or not 0 <= montant < PLAFOND or montant != montant.quantize(Decimal("0.01")):
        raise ValueError(f"montant qui ne s’écrit pas en lettres\u00a0: {montant}")
    entiers, centimes = divmod(int(montant * 100), 100)
    if centimes == 0:
        return _compte(entiers, "euro")
    if entiers == 0:
        return _compte(centimes, "centime")
    return f"{_compte(entiers, 'euro')} et {_compte(centimes, 'centime')}"
