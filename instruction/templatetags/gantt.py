"""The Gantt of a planning, drawn as bare SVG: no library, no inline style, French axis; PDF too.

Colours are presentation attributes: a sheet may change them, a PDF needs none. The table of the same
days stands beside it; the drawing only repeats it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from instruction.regles.candidature.phrases import le
from instruction.regles.candidature.planning import Planning, Repere, plus_mois

register = template.Library()

LARGEUR, COLONNE, MARGE = 800, 275, 14  # units of the drawing: whole, labels, blank on the right
LIGNE, ENTETE, PIED = 30, 30, 22
LIBELLE_MAX = 40  # characters that fit in the column of labels
REPERES_MAX = 6  # marks of the axis that stay readable
ETAPES_PAR_PAGE = 28  # steps that a page of a PDF holds beside the milestones
MARQUE = 72  # room that the name of a mark takes
PAS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two marks
MOIS = "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split()
ENCRE, DISCRET, FILET, BARRE, JALON = "#161616", "#3a3a3a", "#dddddd", "#6a6af4", "#000091"


@dataclass(frozen=True, slots=True)
class _Axe:
    """From the first day of a month to the first day of another one; `pas` months between two marks."""

    debut: date
    fin: date
    pas: int

    @classmethod
    def autour(cls, premier: date, dernier: date) -> "_Axe":
        debut, fin = premier.replace(day=1), plus_mois(dernier.replace(day=1), 1)
        mois = (fin.year - debut.year) * 12 + fin.month - debut.month
        pas = next((p for p in PAS if mois <= p * REPERES_MAX), PAS[-1])
        return cls(debut, fin, pas)

    def x(self, jour: date) -> int:
        """Place of a day; inside the drawing, whatever the day."""
        largeur = LARGEUR - COLONNE - MARGE
        total = max((self.fin - self.debut).days, 1)
        return COLONNE + min(max((jour - self.debut).days, 0), total) * largeur // total

    def marques(self) -> Iterator[tuple[int, str]]:
        """Places and names of the marks: months, quarters, half-years or years."""
        jour = self.debut
        while jour < self.fin:
            x = self.x(jour)
            yield x, self._nom(jour) if x + MARQUE <= LARGEUR else ""
            suivant = plus_mois(jour, self.pas)
            if suivant <= jour:
                return
            jour = suivant

    def _nom(self, jour: date) -> str:
        if self.pas >= 12:
            return f"{jour:%m/%Y}" if jour.month > 1 else str(jour.year)
        if self.pas == 3 and jour.month % 3 == 1:
            return f"T{jour.month // 3 + 1} {jour.year}"
        return f"{MOIS[jour.month - 1]} {jour.year}"


@register.simple_tag
def gantt(planning: Planning, repere: Repere | None = None, cle: str = "gantt") -> SafeString:
    """`{% gantt planning repere %}`: nothing while no day is given. `cle` makes its identifiers unique."""
    bornes = planning.bornes
    if bornes is None:
        return SafeString("")
    axe = _Axe.autour(
        bornes[0], max(bornes[1], repere.le) if _proche(bornes, repere) and repere else bornes[1]
    )
    lignes = list(_lignes(planning))
    hauteur = ENTETE + LIGNE * len(lignes) + PIED
    return format_html(
        '<svg class="gantt" role="img" focusable="false" viewBox="0 0 {} {}" width="{}" height="{}" '
        'font-family="Marianne, sans-serif" font-size="13" aria-labelledby="{}-titre {}-resume">'
        '<title id="{}-titre">Calendrier du projet</title><desc id="{}-resume">{}</desc>{}{}{}</svg>',
        LARGEUR,
        hauteur,
        LARGEUR,
        hauteur,
        cle,
        cle,
        cle,
        cle,
        _resume(planning),
        _grille(axe, hauteur),
        format_html_join("", "{}", ((_ligne(axe, rang, *ligne),) for rang, ligne in enumerate(lignes))),
        _trait(axe, repere, hauteur) if _proche(bornes, repere) else "",
    )


@register.filter
def tranches(planning: Planning) -> list[Planning]:
    """`{% for tranche in planning|tranches %}`: drawings that hold on a page each, the milestones on all."""
    debuts = range(0, max(len(planning.etapes), 1), ETAPES_PAR_PAGE)
    return [replace(planning, etapes=planning.etapes[d : d + ETAPES_PAR_PAGE]) for d in debuts]


def _proche(bornes: tuple[date, date], repere: Repere | None) -> bool:
    """Whether the landmark can be drawn without crushing the rest: the project lasts a quarter of it."""
    return repere is not None and (bornes[1] - bornes[0]).days * 4 >= (repere.le - bornes[0]).days


def _lignes(planning: Planning) -> Iterator[tuple[str, date, date, bool]]:
    """Label, first day, last day, whether it is a milestone; what has no day is left to the table."""
    for jalon, jour in planning.jalons:
        if jour is not None:
            yield jalon.libelle, jour, jour, True
    for etape in planning.etapes:
        if etape.debut is not None and etape.fin is not None:
            yield etape.libelle or "Étape", min(etape.debut, etape.fin), max(etape.debut, etape.fin), False


def _resume(planning: Planning) -> str:
    phrases = [
        f"{libelle}\u00a0: {le(debut)}" if jalon else f"{libelle}\u00a0: du {le(debut)} au {le(fin)}"
        for libelle, debut, fin, jalon in _lignes(planning)
    ]
    return f"{'. '.join(phrases)}."


def _grille(axe: _Axe, hauteur: int) -> SafeString:
    marques = list(axe.marques())
    traits = format_html_join(
        "",
        '<path d="M{} {}V{}" stroke="{}"/>',
        ((x, ENTETE - 6, hauteur - PIED, FILET) for x, _ in marques),
    )
    noms = format_html_join(
        "", '<text x="{}" y="18" fill="{}">{}</text>', ((x + 2, DISCRET, nom) for x, nom in marques if nom)
    )
    return format_html("{}{}", traits, noms)


def _ligne(axe: _Axe, rang: int, libelle: str, debut: date, fin: date, jalon: bool) -> SafeString:
    haut, milieu = ENTETE + rang * LIGNE, ENTETE + rang * LIGNE + LIGNE // 2
    court = libelle if len(libelle) <= LIBELLE_MAX else f"{libelle[: LIBELLE_MAX - 1].rstrip()}…"
    x = axe.x(debut)
    if jalon:
        forme = format_html(
            '<path d="M{} {}l8 8l-8 8l-8 -8z" fill="{}"/>', max(x, COLONNE + 8), milieu - 8, JALON
        )
    else:
        largeur = max(axe.x(fin + timedelta(days=1) if fin < date.max else fin) - x, 4)
        forme = format_html(
            '<rect x="{}" y="{}" width="{}" height="14" rx="2" fill="{}"/>', x, milieu - 7, largeur, BARRE
        )
    return format_html(
        '<path d="M0 {}H{}" stroke="{}"/><text x="0" y="{}" fill="{}">{}</text>{}',
        haut,
        LARGEUR,
        FILET,
        milieu + 5,
        ENCRE,
        court,
        forme,
    )


def _trait(axe: _Axe, repere: Repere | None, hauteur: int) -> SafeString:
    if repere is None:
        return SafeString("")
    x = axe.x(repere.le)
    return format_html(
        '<path d="M{} {}V{}" stroke="{}" stroke-dasharray="4 3"/>'
        '<text x="{}" y="{}" text-anchor="end" fill="{}">Repère\u00a0: {} mois</text>',
        x,
        ENTETE - 6,
        hauteur - PIED,
        DISCRET,
        x,
        hauteur - 6,
        DISCRET,
        repere.mois,
    )
