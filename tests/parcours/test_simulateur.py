"""The simulator in a real browser: live figures, suggestions, and axe on each page and state."""

from collections.abc import Callable

import pytest

from esms.demo.monde import monde
from tests.parcours import simulateur
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]

FAUX = "310000105"  # its key is wrong


@pytest.fixture
def nav(ouvrir_navigateur: Callable[..., Navigation]) -> Navigation:
    """On the result of sixteen ESSMS, one number refused on the way."""
    fenetre = ouvrir_navigateur()
    simulateur.simuler(fenetre, simulateur.OCCITANIE, [*monde()["sidobre"].ouverts(), FAUX])
    return fenetre


def test_coller_puis_lire_en_une_page(nav: Navigation) -> None:
    assert nav.page.get_by_role("heading", level=2).first.inner_text().strip() == "Éligible"
    assert simulateur.total(nav) == "336\u202f000\u00a0€"  # 16 × 21 000
    assert "La clé du numéro FINESS" in nav.page.locator("#ecarts").inner_text()


def test_effet_d_une_reponse_se_lit_avant_d_enregistrer(nav: Navigation) -> None:
    simulateur.ouvrir_essms(nav, monde()["sidobre"].ouverts()[0])
    adresse = nav.chemin()
    nav.page.get_by_label("Mise en conformité du logiciel en place").check(force=True)
    nav.page.get_by_text("−\u00a016\u202f000\u00a0€").wait_for()
    assert "320\u202f000\u00a0€" in nav.page.locator("#panneau").inner_text()
    assert nav.violations() == []
    assert nav.chemin() == adresse


def test_suggestions_pendant_la_frappe_puis_ajout_et_retour(nav: Navigation) -> None:
    simulateur.onglet(nav, "ESSMS")
    nav.cliquer("Ajouter des ESSMS", role="link")
    retirable = monde()["sidobre"].ouverts()[0]
    nav.page.get_by_role("searchbox").press_sequentially(retirable)
    nav.page.get_by_text("Déjà dans le projet").wait_for()
    assert nav.violations() == []
    nav.page.go_back()
    assert nav.page.get_by_role("heading", level=1).inner_text() == "ESSMS du projet"


def test_retour_arriere_defait(nav: Navigation) -> None:
    avant = nav.chemin()
    simulateur.equiper_tous(nav)
    assert nav.chemin() != avant
    nav.page.go_back()
    nav.page.go_back()
    simulateur.onglet(nav, "Résultat")
    assert simulateur.total(nav) == "336\u202f000\u00a0€"


def test_axe_sur_chaque_page(nav: Navigation) -> None:
    violations = nav.violations()
    for nom in ("ESSMS", "Organismes", "Solution et porteur", "Et si…"):
        simulateur.onglet(nav, nom)
        violations += nav.violations()
        if nom == "ESSMS":
            nav.aller(nav.chemin() + "ajouter/?q=ehpad")
            violations += nav.violations()
    simulateur.onglet(nav, "Résultat")
    nav.cliquer("Obtenir un lien permanent")
    violations += nav.violations()
    assert violations == []


def test_axe_sur_les_erreurs_et_les_vides(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    nav = ouvrir_navigateur()
    nav.aller("/simuler/")
    violations = nav.violations()
    nav.cliquer("Voir le résultat")
    assert nav.page.get_by_role("link", name="Collez au moins un numéro FINESS").is_visible()
    violations += nav.violations()
    nav.page.get_by_label("Numéros FINESS des ESSMS").fill(f"{FAUX} 310000104")
    nav.cliquer("Voir le résultat")
    violations += nav.violations()
    nav.page.get_by_label("Numéros FINESS des ESSMS").fill("")
    nav.cliquer("Chercher mes ESSMS par nom ou organisme")
    violations += nav.violations()
    simulateur.onglet(nav, "ESSMS")
    violations += nav.violations()
    simulateur.simuler(nav, simulateur.OCCITANIE, monde()["sidobre"].ouverts()[:3])
    assert nav.page.get_by_role("heading", name="Pour débloquer ce projet").is_visible()
    violations += nav.violations()
    assert violations == []
