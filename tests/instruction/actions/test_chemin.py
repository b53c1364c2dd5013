"""The whole path through the actions, on both editions."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from financement.simulation import simuler
from grappes.requetes import ReferentielFiness
from grappes.requetes_grappes import entree_de
from instruction.etats import Etat
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde
from tests.troncons import TRONCONS, etats_de, suivre

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("edition", "nombre"), [(OCCITANIE, 20), (GUADELOUPE, 8)])
def test_dossier_va_de_la_simulation_au_versement_au_centime(edition: str, nombre: int) -> None:
    monde = Monde(edition, nombre=nombre)
    attendu = simuler(monde.simulation.entree, ReferentielFiness())
    dossier = monde.amener(Etat.EN_DEPLOIEMENT)
    assert dossier.montant == attendu.financement.total > 0
    plan = dossier.grappe.convention.plan
    assert plan.lignes == attendu.en_json()["lignes"]
    versement = dossier.grappe.convention.versements.get()
    assert versement.montant == Decimal(attendu.en_json()["versements"][0]["montant"])


def test_grappe_relue_donne_le_montant_de_la_simulation() -> None:
    monde = Monde()
    relue = simuler(entree_de(monde.dossier.grappe), ReferentielFiness())
    directe = simuler(monde.simulation.entree, ReferentielFiness())
    assert relue.en_json() == directe.en_json()


@pytest.mark.parametrize("troncon", TRONCONS, ids=lambda troncon: str(troncon[0].value))
def test_dossier_amene_a_chaque_etat(troncon: Sequence[Etat]) -> None:
    joue = Monde()
    assert [(etat, joue.relire().etat) for etat in suivre(joue, troncon)] == [
        (etat, etat) for etat in etats_de(troncon)
    ]
