"""Scores against the grid of an edition."""

from decimal import Decimal

import pytest

from esms.aap import edition
from instruction.regles.notation import erreur_de_note, notes_manquantes, total

OCC, GUA = edition("occitanie-2025").grille, edition("guadeloupe-2022").grille


@pytest.mark.parametrize("points", [None, Decimal(0), Decimal("0.5"), Decimal(2)])
def test_note_dans_la_grille_est_admise(points: Decimal | None) -> None:
    assert erreur_de_note(OCC, "efficience", points, "") is None


@pytest.mark.parametrize(
    ("points", "niveau"),
    [(Decimal("2.5"), ""), (Decimal("-0.5"), ""), (Decimal("0.25"), ""), (None, "favorable")],
)
def test_note_hors_de_la_grille_a_sa_phrase(points: Decimal | None, niveau: str) -> None:
    erreur = erreur_de_note(OCC, "efficience", points, niveau)
    assert erreur is not None
    assert erreur.startswith("«\u00a0Levier d’efficience\u00a0» se note")


def test_grille_qualitative_prend_ses_appreciations_et_elles_seules() -> None:
    assert erreur_de_note(GUA, "equite", None, "reserve") is None
    assert erreur_de_note(GUA, "equite", Decimal(1), "") is not None
    assert erreur_de_note(GUA, "equite", None, "passable") is not None


def test_critere_inconnu_est_refuse() -> None:
    assert erreur_de_note(OCC, "equite", Decimal(1), "") == "Ce critère n’appartient pas à la grille."


def test_total_ignore_ce_qui_n_est_pas_note() -> None:
    assert total([Decimal("1.5"), None, Decimal(3)]) == Decimal("4.5")


def test_notes_manquantes_disent_chaque_critere() -> None:
    notes = [("coherence", None, "favorable", " "), ("capacite", None, "reserve", "Parce que.")]
    assert notes_manquantes(GUA, notes) == (
        "La note du critère «\u00a0Cohérence de constitution du dossier\u00a0» n’est pas justifiée.",
        "Le critère «\u00a0Équité territoriale\u00a0» n’est pas noté.",
    )
