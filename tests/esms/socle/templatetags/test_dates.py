"""French dates and hours."""

from datetime import UTC, date, datetime

import pytest

from esms.socle.templatetags.dates import heure, instant, jour

NUIT = datetime(2026, 10, 31, 23, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fuseau", "attendu"),
    [
        ("Europe/Paris", "1er\u00a0novembre 2026 à 0\u00a0h\u00a005"),
        ("America/Guadeloupe", "31\u00a0octobre 2026 à 19\u00a0h\u00a005"),
    ],
)
def test_instant_est_a_l_heure_de_l_ars(fuseau: str, attendu: str) -> None:
    assert instant(NUIT, fuseau) == attendu


def test_jour_d_une_date_n_a_pas_de_fuseau() -> None:
    assert jour(date(2026, 6, 13)) == "13\u00a0juin 2026"


def test_absence_ne_s_ecrit_pas() -> None:
    assert (jour(None), heure(None), instant(None)) == ("", "", "")
