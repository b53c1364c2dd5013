"""French dates and hours."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from esms.socle.templatetags.dates import (
    a_la_seconde,
    dernier_jour,
    derniere_seconde,
    heure,
    heure_legale,
    instant,
    jour,
    limite,
)

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


def test_instant_sans_ars_dit_de_quelle_heure_il_s_agit() -> None:
    assert instant(NUIT) == "1er\u00a0novembre 2026 à 0\u00a0h\u00a005 (heure de Paris)"


def test_jour_d_une_date_n_a_pas_de_fuseau() -> None:
    assert jour(date(2026, 6, 13)) == "13\u00a0juin 2026"


def test_absence_ne_s_ecrit_pas() -> None:
    assert {jour(None), heure(None), instant(None), a_la_seconde(None), limite(None, "UTC")} == {""}
    assert dernier_jour(None, "UTC") == ""


@pytest.mark.parametrize(
    ("fuseau", "legale"),
    [
        ("Europe/Paris", "heure de Paris"),
        ("America/Guadeloupe", "heure de la Guadeloupe"),
        ("Indian/Reunion", "heure de La Réunion"),
        ("Pacific/Noumea", "heure de Noumea"),
    ],
)
def test_cloture_se_dit_a_la_seconde_dans_le_fuseau_de_l_ars(fuseau: str, legale: str) -> None:
    fin = f"mercredi 25\u00a0mars 2026 à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s ({legale})"
    minuit = datetime(2026, 3, 26, tzinfo=ZoneInfo(fuseau))
    assert derniere_seconde(date(2026, 3, 25), fuseau) == fin
    assert limite(minuit, fuseau) == fin
    assert dernier_jour(minuit, fuseau) == "25\u00a0mars 2026"
    assert heure_legale(fuseau) == legale


def test_instant_a_la_seconde_dit_son_fuseau() -> None:
    recu = NUIT.replace(second=7)
    attendu = "1er\u00a0novembre 2026 à 0\u00a0h\u00a005\u00a0min\u00a007\u00a0s (heure de Paris)"
    assert a_la_seconde(recu, "Europe/Paris") == attendu
