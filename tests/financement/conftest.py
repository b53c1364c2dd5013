"""What the tests of the conventions share."""

import pytest

from financement.actions.convention import emettre, marquer_signee
from financement.models import Convention, EtatConvention
from tests.financement import mondes


@pytest.fixture
def monde(db: None) -> mondes.Monde:
    return mondes.monde(nombre=3)


@pytest.fixture
def a_l_etat(monde: mondes.Monde):
    """The convention of `monde`, brought to a state by its administrator."""

    def amener(etat: str) -> Convention:
        convention = monde.convention
        if etat != EtatConvention.PREPAREE:
            convention = emettre(convention=convention, par=monde.administrateur)
        if etat == EtatConvention.SIGNEE:
            convention = marquer_signee(
                convention=convention, le=mondes.aujourdhui(), par=monde.administrateur
            )
        return convention

    return amener
