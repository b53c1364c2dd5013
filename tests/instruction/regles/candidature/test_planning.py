"""Milestones in order, steps that hold, landmarks without effect."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruction.regles.candidature import planning
from tests.instruction.regles.candidature.contextes import contexte
from tests.moteur import GUA, essms

CLES = ("demarrage", "va", "vsr", "cibles")
JOURS = ("2026-01-05", "2026-06-01", "2026-09-01", "2027-06-30")
jours = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def saisie(*dates: str, etapes: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {"jalons": dict(zip(CLES, dates, strict=False)), "etapes": etapes or []}


def test_p2_quatre_jalons_dans_l_ordre_ne_manquent_de_rien() -> None:
    assert planning.manques(saisie(*JOURS), contexte()) == ()
    assert planning.conseils(saisie(*JOURS), contexte()) == ()


def test_p2_jalon_absent_est_dit() -> None:
    phrases = planning.manques(saisie(JOURS[0]), contexte())
    assert [phrase.split("«\u00a0")[1].split("\u00a0»")[0] for phrase in phrases] == [
        "Vérification d’aptitude (VA)",
        "Vérification de service régulier (VSR)",
        "Atteinte des cibles d’usage",
    ]


def test_p2_jalon_avant_le_precedent_est_dit_avec_ses_dates() -> None:
    assert planning.manques(saisie("2026-03-01", "2026-02-01", "2026-09-01", "2027-01-01"), contexte()) == (
        (
            "«\u00a0Vérification d’aptitude (VA)\u00a0» (1er\u00a0février 2026) vient avant "
            "«\u00a0Démarrage du "
            "projet\u00a0» (1er\u00a0mars 2026)\u00a0: les jalons se suivent (règle P2, annexe 2)."
        ),
    )


def test_meme_jour_pour_tout_est_permis() -> None:
    assert planning.manques(saisie(*["2026-01-05"] * 4), contexte()) == ()


def test_etape_a_un_nom_deux_dates_dans_l_ordre() -> None:
    etapes = [
        {"libelle": "", "debut": "2026-01-05", "fin": "2026-01-06"},
        {"libelle": "Formation", "debut": "2026-02-02", "fin": "2026-02-01"},
        {"libelle": "Reprise", "debut": "", "fin": ""},
    ]
    assert planning.manques(saisie(*JOURS, etapes=etapes), contexte()) == (
        "Étape n°\u00a01\u00a0: son nom manque.",
        (
            "Étape n°\u00a02 («\u00a0Formation\u00a0»)\u00a0: elle finit (1er\u00a0février 2026) avant de "
            "commencer "
            "(2\u00a0février 2026)."
        ),
        "Étape n°\u00a03 («\u00a0Reprise\u00a0»)\u00a0: ses dates de début et de fin sont attendues.",
    )


@pytest.mark.parametrize(("operation", "mois"), [("acquisition", 18), ("mise_en_conformite", 9)])
def test_repere_de_duree_conseille_sans_bloquer(operation: str, mois: int) -> None:
    cadre = contexte(lignes=essms(15, operation=operation))
    long = saisie("2026-01-05", "2026-06-01", "2026-09-01", "2029-06-30")
    assert planning.manques(long, cadre) == ()
    (phrase,) = planning.conseils(long, cadre)
    assert phrase.startswith(f"Le projet dure plus de {mois} mois")
    assert phrase.endswith("Sans effet de droit.")


def test_guadeloupe_garde_les_jalons_usuels_sans_citer_p2() -> None:
    phrases = planning.manques({}, contexte(GUA))
    assert len(phrases) == 4
    assert not any("P2" in phrase for phrase in phrases)


@given(st.lists(jours, min_size=4, max_size=4))
def test_jalons_tries_ne_sont_jamais_refuses_et_inversement(dates: list[date]) -> None:
    phrases = planning.manques(saisie(*(d.isoformat() for d in dates)), contexte())
    assert (phrases == ()) == (dates == sorted(dates))


@given(jours, st.integers(0, 240))
def test_plus_mois_avance_d_autant_de_mois(depart: date, mois: int) -> None:
    arrivee = planning.plus_mois(depart, mois)
    assert (arrivee.year - depart.year) * 12 + arrivee.month - depart.month == mois
    assert arrivee.day == depart.day or (arrivee + timedelta(days=1)).day == 1


def test_plus_mois_ne_sort_pas_du_calendrier() -> None:
    assert planning.plus_mois(date(9999, 12, 1), 9) == date.max
