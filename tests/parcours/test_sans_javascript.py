"""Without JavaScript: every gesture of the simulator and of the filing is a form or a link."""

from collections.abc import Callable

import pytest

from esms.demo.monde import monde
from instruction.models import Dossier
from tests.parcours import porteur, simulateur
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]


def test_simulation_et_depot_sans_javascript(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    nav = ouvrir_navigateur(javascript=False)
    simulateur.simuler(nav, simulateur.OCCITANIE, monde()["sidobre"].ouverts())
    assert simulateur.total(nav) == "336\u202f000\u00a0€"  # 16 × 21 000
    simulateur.choisir_solution(nav, "Atlas Usager")
    simulateur.onglet(nav, "ESSMS")
    nav.page.get_by_label("Opération").select_option(label="Mise en conformité")
    nav.cocher("à tous les ESSMS du projet")
    nav.cliquer("Appliquer")
    simulateur.onglet(nav, "Résultat")
    assert simulateur.total(nav) == "80\u202f000\u00a0€"  # 16 × 5 000

    porteur.candidater(nav, "porteur.sidobre")
    porteur.remplir(nav)
    assert porteur.joindre_les_pieces(nav) == ["P1", "P2", "P3", "P4"]
    assert porteur.deposer(nav, montant="80\u202f000\u00a0€") == "OCC-2025-0001"
    assert Dossier.objects.get().etat == "depose"
