"""A figure as it is printed: sign, comma, share of the aim."""

import pytest

from script.mesures.mesure import Mesure, nombre, p95


@pytest.mark.parametrize(
    ("valeur", "cible", "au_moins", "signe"),
    [
        (50, 50, False, "✓"),
        (50.1, 50, False, "✗"),
        (50, 50, True, "✓"),
        (49.9, 50, True, "✗"),
        (0, 0, False, "✓"),
        (1, 0, False, "✗"),
        (50, None, False, "·"),
    ],
)
def test_mesure_dit_par_un_signe_si_la_cible_est_tenue(
    valeur: float, cible: float | None, au_moins: bool, signe: str
) -> None:
    assert Mesure("x", valeur, "ms", cible, au_moins=au_moins).signe == signe


def test_mesure_hors_cible_montre_chiffre_cible_et_part() -> None:
    ligne = str(Mesure("p95 d’un dépôt", 625, "ms", 500, "8 clients"))
    assert " ".join(ligne.split()) == "✗ p95 d’un dépôt 625 ms ≤ 500 ms 125% 8 clients"


@pytest.mark.parametrize(
    ("valeur", "ecrit"), [(0.594, "0,594"), (10.66, "10,7"), (153.2, "153"), (10228, "10\u202f228"), (0, "0")]
)
def test_nombre_s_ecrit_en_francais(valeur: float, ecrit: str) -> None:
    assert nombre(valeur) == ecrit


def test_p95_ignore_cinq_pour_cent_des_appels() -> None:
    assert p95([1000.0, *[10.0] * 19]) == 10
    assert p95([1000.0, 1000.0, *[10.0] * 18]) == 1000
