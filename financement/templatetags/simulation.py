"""Words and the chart of a simulation, for the templates."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from esms.socle.montants import ESPACE_INSECABLE, arrondi, euros
from financement.composition.colonnes import PUBLICS
from financement.forms.simulation_lot import nom_de_la_categorie
from financement.presentation.lignes import SousTotal
from financement.presentation.verdicts import TYPOLOGIES, nom_du_guichet
from financement.simulation import Resultat

register = template.Library()

LARGEUR = 460  # units of the SVG's own grid
HAUTEUR_BARRE = 26
PAS = 44
MARGE_MONTANT = 110
TEINTES = 6


@register.simple_tag(takes_context=True)
def adresse(context: template.Context, page: str, *reste: object) -> str:
    """`{% adresse "fiche" essms.finess_et %}` → address of a page of the composition being edited."""
    return str(context["atelier"].adresse(page, *reste))


@register.filter
def guichet(resultat: Resultat) -> str:
    """`{{ etude.resultat|guichet }}` → Guichet régional, Occitanie."""
    return nom_du_guichet(resultat.guichet)


@register.filter
def typologie(resultat: Resultat) -> str:
    """`{{ etude.resultat|typologie }}` → Mise en conformité."""
    return TYPOLOGIES[resultat.projet.typologie]


@register.filter
def public(code: str | None) -> str:
    """`{{ essms.public|public }}` → Personnes âgées (PA)."""
    return PUBLICS[code] if code else "À préciser"


@register.filter
def categorie(code: str) -> str:
    """`{{ fiche.categorie|categorie }}` → Service d’Aide à Domicile (460)."""
    return nom_de_la_categorie(code)


@register.filter
def ecart(apres: Decimal, avant: Decimal) -> str:
    """`{{ apres|ecart:avant }}` → + 21 000 €, − 500 €, or « inchangé »."""
    return signe(apres - avant)


@register.filter
def signe(montant: Decimal) -> str:
    """`{{ montant|signe }}` → + 21 000 €; the sign is a word for screen readers too."""
    if montant == 0:
        return "inchangé"
    return f"{'+' if montant > 0 else '−'}{ESPACE_INSECABLE}{euros(abs(montant))}"


@register.simple_tag
def barres(sous_totaux: Sequence[SousTotal]) -> SafeString:
    """Bar chart of the subtotals, as bare SVG; screen readers have the table beside it."""
    maximum = max((s.montant for s in sous_totaux), default=Decimal(1)) or Decimal(1)
    barre_max = LARGEUR - MARGE_MONTANT
    corps = format_html_join(
        "",
        '<text class="simu-svg-titre" x="0" y="{}">{} · {}</text>'
        '<rect class="simu-svg-barre simu-svg-{}" x="0" y="{}" width="{}" height="{}" rx="2"/>'
        '<text class="simu-svg-montant" x="{}" y="{}">{}</text>',
        (
            (
                rang * (PAS + 8) + 14,
                sous_total.regle,
                sous_total.titre,
                rang % TEINTES,
                rang * (PAS + 8) + 20,
                _largeur(sous_total.montant, maximum, barre_max),
                HAUTEUR_BARRE - 6,
                _largeur(sous_total.montant, maximum, barre_max) + 8,
                rang * (PAS + 8) + 35,
                euros(sous_total.montant),
            )
            for rang, sous_total in enumerate(sous_totaux)
        ),
    )
    return format_html(
        '<svg class="simu-svg" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>',
        LARGEUR,
        max(1, len(sous_totaux)) * (PAS + 8),
        corps,
    )


def _largeur(montant: Decimal, maximum: Decimal, barre_max: int) -> int:
    return max(2, int(arrondi(montant * barre_max / maximum)))


@register.simple_tag
def champ_de(form: forms.Form, nom: str, cle: str) -> forms.BoundField | None:
    """`{% champ_de form "region" finess_ej as champ %}`: the field of one line of a table, if it has one."""
    return form[f"{nom}_{cle}"] if f"{nom}_{cle}" in form.fields else None


@register.filter
def est_case(champ: forms.BoundField) -> bool:
    """Whether the field is one checkbox."""
    return isinstance(champ.field.widget, forms.CheckboxInput)


@register.filter
def est_choix(champ: forms.BoundField) -> bool:
    """Whether the field is a set of radio buttons."""
    return isinstance(champ.field.widget, forms.RadioSelect)


@register.filter
def pluriel(nombre: int) -> str:
    """`ESSMS ajouté{{ n|pluriel }}`: in French, the plural starts at two."""
    return "s" if abs(nombre) >= 2 else ""
