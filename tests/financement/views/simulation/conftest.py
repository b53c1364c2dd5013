"""A small register, and one recorded simulation."""

from typing import Any

import pytest

from financement.models import Simulation
from grappes.models import EntiteJuridique
from tests import fabriques


@pytest.fixture
def entite(db: None) -> EntiteJuridique:
    return fabriques.organisme()


@pytest.fixture
def simuler(entite: EntiteJuridique) -> Any:
    """Record a project of `nombre` ESSMS, changed at will."""

    def enregistrer(nombre: int = 15, **changements: Any) -> Simulation:
        return fabriques.simulation(fabriques.entree(entite, nombre, **changements))

    return enregistrer


@pytest.fixture
def simulation(simuler: Any) -> Simulation:
    return simuler()
