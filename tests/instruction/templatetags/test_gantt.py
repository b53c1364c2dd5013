"""The Gantt: well-formed, told in words, nothing inline, stable, inside its frame; PDF too."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
import weasyprint
from hypothesis import given
from hypothesis import strategies as st

from esms.aap.pieces import Jalon
from instruction.regles.candidature.planning import Etape, Planning, Repere
from instruction.templatetags.gantt import ENTETE, LARGEUR, PAS, REPERES_MAX, _Axe, gantt

SVG = "{http://www.w3.org/2000/svg}"
JOUR = date(2026, 1, 5)
jours = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def planning(*dates: date | None, etapes: tuple[Etape, ...] = ()) -> Planning:
    jalons = tuple((Jalon(cle=f"j{rang}", libelle=f"Jalon {rang}"), d) for rang, d in enumerate(dates))
    return Planning(jalons, etapes)


def dessin(trace: Planning, repere: Repere | None = None) -> ET.Element:
    texte = gantt(trace, repere).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ET.fromstring(texte)  # noqa: S314 - written above


def test_gantt_sans_date_ne_dessine_rien() -> None:
    assert gantt(planning(None, None)) == ""


def test_gantt_se_dit_en_mots_et_sans_style() -> None:
    etape = Etape(1, "<b>Suivi</b> &", JOUR, date(2026, 3, 1))
    racine = dessin(planning(JOUR, etapes=(etape,)))
    assert racine.get("role") == "img"
    assert [e.text for e in racine.iter(f"{SVG}title")] == ["Calendrier du projet"]
    (resume,) = racine.iter(f"{SVG}desc")
    jalon, etape_dite = "Jalon 0\u00a0: 5\u00a0janvier 2026.", "<b>Suivi</b> &\u00a0: du 5\u00a0janvier 2026"
    assert resume.text == f"{jalon} {etape_dite} au 1er\u00a0mars 2026."
    assert {attribut for noeud in racine.iter() for attribut in noeud.attrib} & {"style", "onload"} == set()


@pytest.mark.parametrize(
    ("fin", "noms"),
    [
        (date(2026, 1, 5), ["janv. 2026"]),
        (date(2026, 6, 30), [f"{m} 2026" for m in ("janv.", "févr.", "mars", "avr.", "mai", "juin")]),
        (date(2027, 6, 30), ["T1 2026", "T2 2026", "T3 2026", "T4 2026", "T1 2027", "T2 2027"]),
        (date(2030, 12, 31), ["2026", "2027", "2028", "2029", "2030"]),
    ],
)
def test_axe_compte_en_mois_trimestres_ou_annees(fin: date, noms: list[str]) -> None:
    racine = dessin(planning(JOUR, fin))
    assert [t.text for t in racine.iter(f"{SVG}text") if t.get("y") == "18"] == noms


@given(jours, st.integers(0, 36_000))
def test_axe_reste_dans_le_cadre_et_ses_marques_sont_espacees(debut: date, duree: int) -> None:
    fin = min(debut + timedelta(days=duree), date(2100, 12, 31))
    axe = _Axe.autour(min(debut, fin), max(debut, fin))
    marques = list(axe.marques())
    assert 1 <= len(marques) <= REPERES_MAX or axe.pas == PAS[-1]
    assert all(0 <= x <= LARGEUR for x, _ in marques)
    assert axe.x(min(debut, fin)) <= axe.x(max(debut, fin)) <= LARGEUR
    assert axe.x(date.min) <= axe.x(date.max) <= LARGEUR


def test_repere_trop_lointain_n_ecrase_pas_le_dessin() -> None:
    court, long = planning(JOUR, date(2026, 1, 20)), planning(JOUR, date(2027, 3, 1))
    repere = Repere(18, date(2027, 7, 5), "4.5.2")
    textes = [[t.text for t in dessin(p, repere).iter(f"{SVG}text")] for p in (court, long)]
    assert ["Repère\u00a0: 18 mois" in t for t in textes] == [False, True]


def test_hauteur_suit_le_nombre_de_lignes() -> None:
    un, deux = (int(str(dessin(planning(*[JOUR] * n)).get("height"))) for n in (1, 2))
    assert deux > un > ENTETE


def test_gantt_entre_dans_un_pdf() -> None:
    page = f"<html lang='fr'><body>{gantt(planning(JOUR, date(2026, 9, 1)))}</body></html>"
    assert weasyprint.HTML(string=page).write_pdf().startswith(b"%PDF")
