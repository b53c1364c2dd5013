"""Without JavaScript: every gesture of the simulator is a form or a link (the filing: test_guadeloupe)."""

from collections.abc import Callable

import pytest

from esms.demo.monde import monde
from tests.parcours import porteur, simulateur
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]


def test_simulation_menee_au_brouillon_sans_javascript(ouvrir_navigateur: Callable[..., Navigation]) -> None:
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
    assert "80\u202f000\u00a0€" in nav.texte()
