"""Rows without an order really come back shuffled; ordered ones do not."""

import pytest
from django.contrib.contenttypes.models import ContentType

pytestmark = pytest.mark.django_db


@pytest.fixture
def noms() -> list[str]:
    noms = [f"essai_{rang:03d}" for rang in range(50)]
    ContentType.objects.bulk_create(ContentType(app_label="essais", model=nom) for nom in noms)
    return noms


def _lus(*ordre: str) -> list[str]:
    return list(
        ContentType.objects.filter(app_label="essais").order_by(*ordre).values_list("model", flat=True)
    )


def test_lignes_sans_ordre_melangees(noms: list[str]) -> None:
    lus = _lus()
    assert lus != noms
    assert sorted(lus) == noms


def test_lignes_ordonnees_intactes(noms: list[str]) -> None:
    assert _lus("model") == noms
