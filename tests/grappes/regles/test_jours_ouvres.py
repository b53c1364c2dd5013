"""Working days: known Easters, the eleven holidays, the abolition overseas."""

from datetime import date

import pytest

from grappes.regles.jours_ouvres import est_ouvre, jour_ouvre_suivant, jours_feries, paques


@pytest.mark.parametrize(
    "dimanche",
    [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_paques(dimanche: date) -> None:
    assert paques(dimanche.year) == dimanche


def test_onze_jours_feries_et_un_de_plus_outre_mer() -> None:
    assert sorted(jours_feries(2025)) == [
        date(2025, *jour)
        for jour in (
            (1, 1), (4, 21), (5, 1), (5, 8), (5, 29), (6, 9), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)
        )
    ]  # fmt: skip
    assert jours_feries(2025, "01") - jours_feries(2025) == {date(2025, 5, 27)}


@pytest.mark.parametrize(
    ("jour", "region", "suivant"),
    [
        (date(2025, 6, 12), "76", date(2025, 6, 13)),
        (date(2025, 6, 13), "76", date(2025, 6, 16)),  # a Friday
        (date(2025, 6, 6), "76", date(2025, 6, 10)),  # Whit Monday in between
        (date(2025, 12, 31), "76", date(2026, 1, 2)),
        (date(2025, 5, 26), "76", date(2025, 5, 27)),
        (date(2025, 5, 26), "01", date(2025, 5, 28)),
    ],
)
def test_jour_ouvre_suivant(jour: date, region: str, suivant: date) -> None:
    assert jour_ouvre_suivant(jour, region) == suivant
    assert est_ouvre(suivant, region)
