"""The simulator with the keyboard alone: all is reached, in the order of the page, and the focus is seen."""

from collections.abc import Callable

import pytest

from esms.demo.monde import monde
from tests.parcours import simulateur
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.usefixtures("monde_charge")]

# The DSFR draws the focus of radio buttons and boxes before their label, that of a wide link around it.
FOCUS_VISIBLE = """() => {
  const actif = document.activeElement;
  const trace = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const etiquette = actif.matches("input[type=radio], input[type=checkbox]") && actif.nextElementSibling;
  if (etiquette) return trace(getComputedStyle(etiquette, "::before"));
  return [null, "::before", "::after"].some((partie) => trace(getComputedStyle(actif, partie)));
}"""
NOM = """() => {
  const actif = document.activeElement;
  if (actif.labels && actif.labels.length) return actif.labels[0].firstChild.textContent.trim();
  return (actif.innerText || actif.getAttribute("aria-label") || actif.id || actif.tagName).trim();
}"""


def tabuler(nav: Navigation) -> str:
    """Press Tab; the name of what has the focus, which must be seen."""
    nav.page.keyboard.press("Tab")
    nom: str = nav.page.evaluate(NOM)
    assert nav.page.evaluate(FOCUS_VISIBLE), f"le focus de « {nom} » ne se voit pas"
    return nom


def test_liens_d_evitement_premiers_et_menant_au_contenu(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    nav = ouvrir_navigateur()
    nav.aller("/simuler/")
    assert [tabuler(nav) for _ in range(3)] == ["Contenu", "Menu", "Pied de page"]
    evitement = nav.page.get_by_role("navigation", name="Accès rapide")
    assert (evitement.bounding_box() or {"y": -1})["y"] >= 0
    nav.page.keyboard.press("Shift+Tab")
    nav.page.keyboard.press("Shift+Tab")
    nav.page.keyboard.press("Enter")
    assert nav.page.evaluate("document.activeElement.id") == "contenu"


def test_simulation_au_clavier_seul(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    nav = ouvrir_navigateur()
    nav.aller("/simuler/")
    nav.page.keyboard.press("Tab")
    nav.page.keyboard.press("Enter")  # to the content
    assert tabuler(nav) == simulateur.OCCITANIE
    assert tabuler(nav) == "Acquisition ou renouvellement d’un logiciel"
    nav.page.keyboard.press("ArrowDown")
    assert nav.page.evaluate(NOM) == "Mise en conformité du logiciel en place"
    assert tabuler(nav) == "Numéros FINESS des ESSMS"
    nav.page.keyboard.insert_text("\n".join(monde()["sidobre"].ouverts()))
    while (nom := tabuler(nav)) != "Voir le résultat":
        assert nom in {"Ou un tableau (CSV, XLSX ou ODS)", "modèle XLSX", "modèle CSV"}
    with nav.page.expect_navigation():
        nav.page.keyboard.press("Enter")
    assert simulateur.total(nav) == "80\u202f000\u00a0€"  # 16 × 5 000


def test_focus_visible_sur_tout_le_resultat(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    nav = ouvrir_navigateur()
    simulateur.simuler(nav, simulateur.OCCITANIE, monde()["sidobre"].ouverts())
    simulateur.onglet(nav, "ESSMS")
    parcourus = []
    while (nom := tabuler(nav)) != "Mentions légales":
        parcourus.append(nom)
        assert len(parcourus) < 120, "le focus tourne en rond"
    assert parcourus[:4] == ["Contenu", "Menu", "Pied de page", "ESMS numérique"]
    assert {"Ajouter des ESSMS", "Appliquer", "Retirer du projet"} <= set(parcourus)
