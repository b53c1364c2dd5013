"""What each edition says to the porteur: in words meant for it, and only what its own text says."""

import re

import pytest

from esms.aap import Edition
from tests.moteur import EDITIONS, GUA, OCC

IMPERATIFS = "Comptez Décrivez Dites Expliquez Indiquez Montrez Présentez Résumez Situez".split()


@pytest.mark.parametrize("edition", EDITIONS, ids=[edition.slug for edition in EDITIONS])
def test_chaque_critere_parle_au_porteur_et_a_l_instructeur(edition: Edition) -> None:
    """The porteur is told what to write (« vous »); the instructor keeps the wording of the grid."""
    for critere in edition.grille.criteres:
        assert critere.consigne != critere.aide
        assert critere.consigne.split()[0] in IMPERATIFS
        assert not re.search(r"\b(vous|votre|vos)\b", critere.aide, re.IGNORECASE)


def test_u3_nombre_de_dui_actifs_en_occitanie_seulement() -> None:
    """Occitanie §5.2 (PNRR); the text of Guadeloupe does not know that indicator."""
    aides = {e.slug: [(i.regle, i.aide) for i in e.cibles.indicateurs if i.aide] for e in (OCC, GUA)}
    assert aides == {
        "occitanie-2025": [
            ("U3", "C’est le «\u00a0nombre de DUI actifs\u00a0» à remonter au plus tôt à l’ARS (§5.2).")
        ],
        "guadeloupe-2022": [],
    }
    engagements = {e.slug: " ".join(x.libelle for x in e.sections.engagements.liste) for e in (OCC, GUA)}
    assert ["DUI actifs" in lus for lus in engagements.values()] == [True, False]


def test_e3_le_nombre_ideal_cite_son_article() -> None:
    minima = [edition.eligibilite.minimum for edition in (OCC, GUA)]
    assert [(m.minimum, m.article_ideal, m.article) for m in minima] == [
        (15, "4.2.4", "6.1"),
        (8, "4.2D", "4.2D"),
    ]
