"""Names of the ESSMS of a grappe, for the templates."""

from django import template

from financement.etude import Etude

register = template.Library()


@register.filter
def nomme(finess_et: str, etude: Etude) -> str:
    """`{{ numero|nomme:etude }}` → the name of the ESSMS, or « ESSMS » where the register has none."""
    fiche = etude.referentiel.fiches.get(finess_et)
    return fiche.nom if fiche else "ESSMS"
