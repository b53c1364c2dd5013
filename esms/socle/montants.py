"""Amounts in euros: exact reading, rounding and French writing. Pure: standard library only."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENTIME = Decimal("0.01")
MONTANT_MAX = Decimal("9999999999.99")
ESPACE_FINE = "\u202f"
KILO = 1024  # bytes
ESPACE_INSECABLE = "\u00a0"

_MONTANT = re.compile(r"[0-9]{1,13}(?:[.,][0-9]{1,2})?", re.ASCII)
_ESPACES = re.compile(r"[^\S\r\n]")  # of every width: spreadsheets and word processors have their own


class MontantInvalide(ValueError):
    """The text is not an amount; its message says why, in French."""


def arrondi(valeur: Decimal | Fraction) -> Decimal:
    """Round an exact EUR value to the cent, half up (reading of F6); `valeur` is never negative here."""
    if isinstance(valeur, Decimal):
        return valeur.quantize(CENTIME, rounding=ROUND_HALF_UP)
    centimes, reste = divmod(valeur.numerator * 100, valeur.denominator)
    if 2 * reste >= valeur.denominator:
        centimes += 1
    return Decimal(centimes).scaleb(-2)


def lire_montant(texte: str) -> Decimal:
    """Read what a person typed, such as « 12 345,60 € », as euros.

    Raises MontantInvalide for anything that is not a plain positive amount with at most two decimals.
    """
    net = _ESPACES.sub("", texte.strip().removesuffix("€"))
    if net.startswith(("-", "\u2212")):
        raise MontantInvalide("Un montant ne peut pas être négatif.")
    if not _MONTANT.fullmatch(net):
        raise MontantInvalide(
            f"«\u00a0{texte.strip()[:40]}\u00a0» n’est pas un montant en euros, "
            f"par exemple 12{ESPACE_FINE}345,60."
        )
    montant = Decimal(net.replace(",", "."))
    if montant > MONTANT_MAX:
        raise MontantInvalide("Ce montant dépasse dix milliards d’euros.")
    return montant.quantize(CENTIME)


def nombre(valeur: Decimal | int, decimales: int = 0) -> str:
    """Write a number the French way: narrow no-break spaces between thousands, a comma before decimals."""
    return f"{valeur:,.{decimales}f}".replace(",", ESPACE_FINE).replace(".", ",")


def taille(octets: int) -> str:
    """Write a number of bytes: 784 octets, 25,1 ko, 3,4 Mo; counted by 1,024, as « 20 Mo au plus » is."""
    if octets < KILO:
        return f"{octets}{ESPACE_INSECABLE}octet{'s' if octets > 1 else ''}"
    unite, diviseur = ("ko", KILO) if octets < KILO * KILO else ("Mo", KILO * KILO)
    return f"{nombre(Decimal(octets) / diviseur, 1)}{ESPACE_INSECABLE}{unite}"


def euros(montant: Decimal) -> str:
    """Write an amount, such as 1 084 000 € or 12 345,60 €: cents appear only when there are some."""
    decimales = 0 if montant == montant.to_integral_value() else 2
    return f"{nombre(montant, decimales)}{ESPACE_INSECABLE}€"
