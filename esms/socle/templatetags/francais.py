"""French writing of amounts, numbers and rates, for every template."""

from decimal import Decimal
from fractions import Fraction

from django import template

from esms.socle import citations, montants

register = template.Library()


@register.filter
def euros(valeur: Decimal | str | None) -> str:
    """`{{ montant|euros }}` → 1 084 000 €; nothing for None."""
    return "" if valeur in (None, "") else montants.euros(Decimal(valeur))


@register.filter
def nombre(valeur: int | Decimal) -> str:
    """`{{ valeur|nombre }}` → 5 000."""
    return montants.nombre(valeur)


@register.filter
def taille(octets: int) -> str:
    """`{{ piece.taille|taille }}` → 25,1 ko."""
    return montants.taille(octets)


@register.filter
def taux(valeur: str | Fraction) -> str:
    """`{{ "4/5"|taux }}` → 80 %, rounded to two decimals for the eye; the exact fraction stays beside it."""
    pourcent = montants.arrondi(Fraction(valeur) * 100)
    decimales = 0 if pourcent == pourcent.to_integral_value() else 2
    return f"{montants.nombre(pourcent, decimales)}{montants.ESPACE_INSECABLE}%"


@register.filter
def articles(reference: str) -> str:
    """`{{ regle.article|articles }}` → annexe 2, art. 4.4.1: what an edition cites, as a sentence does."""
    return citations.articles(reference)
