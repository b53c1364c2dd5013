"""F8 and F10: payments and the single grant."""

from decimal import Decimal

import pytest

from financement.bareme import calculer
from financement.bareme.versements import repartir
from tests.moteur import FICTIVE, GUA, OCC, projet


@pytest.mark.parametrize(
    ("total", "parts"),
    [("0.00", ["0.00", "0.00"]), ("0.01", ["0.01", "0.00"]), ("355751.53", ["177875.77", "177875.76"])],
)
def test_f8_moitie_arrondie_puis_le_reste(total: str, parts: list[str]) -> None:
    assert [str(versement.montant) for versement in repartir(Decimal(total), OCC)] == parts


def test_f8_cle_de_l_edition() -> None:
    versements = repartir(Decimal("1000.01"), FICTIVE)
    assert [str(versement.montant) for versement in versements] == ["300.00", "700.01"]
    assert [versement.declencheur for versement in versements] == ["signature", "cibles"]


def test_f8_articles() -> None:
    assert {versement.article for versement in repartir(Decimal(10), OCC)} == {"4.5.1"}
    assert {versement.article for versement in repartir(Decimal(10), GUA)} == {"3.1"}


def test_f10_une_subvention_unique_en_occitanie() -> None:
    financement = calculer(projet(15), OCC)
    assert financement.subvention_unique is not None
    assert financement.subvention_unique.montant == financement.total
    assert financement.subvention_unique.explication == (
        "F1, F3\u00a0: une subvention unique et forfaitaire de 315\u202f000\u00a0€."
    )


def test_f10_absente_de_guadeloupe() -> None:
    assert calculer(projet(8), GUA).subvention_unique is None
