"""The structured sections in a browser: in error, in conflict, line by line, with and without script."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.fabriques import Monde, porteur
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def adresse(monde: Monde, cle: str) -> str:
    return reverse("dossiers:section", args=[monde.dossier.pk, cle])


def test_erreurs_et_conflit_sont_accessibles(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur(javascript=False)
    entrer(navigation, monde.porteur)
    page = navigation.page
    navigation.aller(adresse(monde, "budget"))
    page.get_by_label("Montant HT, dépense 1").fill("-12")
    with navigation.reponse_attendue(400):
        navigation.cliquer("Enregistrer")
        assert "Un montant ne peut pas être négatif." in navigation.texte()
    navigation.aller(adresse(monde, "risques"))
    page.get_by_label("Risque, risque 1").fill("Le mien")
    monde.ecrire("risques", {"risques": [{"risque": "Le sien"}]})
    with navigation.reponse_attendue(409):
        navigation.cliquer("Enregistrer")
        assert "Le mien" in navigation.texte()
        assert "Le sien" in navigation.texte()


@pytest.mark.parametrize("javascript", [True, False])
def test_lignes_s_ajoutent_se_montent_et_se_retirent(
    ouvrir_navigateur: Callable[..., Navigation], javascript: bool
) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur(javascript=javascript)
    entrer(navigation, monde.porteur)
    page = navigation.page
    navigation.aller(adresse(monde, "risques"))
    page.get_by_label("Risque, risque 3").fill("Troisième")
    page.get_by_role("button", name="Ajouter un risque").click()
    page.get_by_label("Risque, risque 4").fill("Quatrième")
    page.get_by_role("button", name="Monter\u00a0: risque 4").press("Enter")
    expect(page.get_by_label("Risque, risque 3")).to_have_value("Quatrième")
    if javascript:  # the keyboard follows the line
        expect(page.get_by_role("button", name="Monter\u00a0: risque 3")).to_be_focused()
    page.get_by_role("button", name="Retirer\u00a0: risque 1").press("Enter")
    page.get_by_label("Risque, risque 4").wait_for(state="detached")
    if javascript:
        expect(page.get_by_role("button", name="Retirer\u00a0: risque 1")).to_be_focused()
    navigation.mesurer()
    navigation.cliquer("Enregistrer")
    noms = [ligne["risque"] for ligne in monde.section("risques").contenu["risques"]]
    assert noms == ["Quatrième", "Troisième"]


def test_totaux_se_recalculent_pendant_la_saisie(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur()
    entrer(navigation, monde.porteur)
    page = navigation.page
    navigation.aller(adresse(monde, "budget"))
    page.get_by_label("Montant TTC, dépense 1").fill("1 200,50")
    page.get_by_label("Autofinancement").fill("200")
    page.get_by_label("Emprunt").fill("0")
    page.locator("#chiffres-budget", has_text="1\u202f000,50\u00a0€ à trouver").wait_for()
    assert monde.section("budget").version == 0 or monde.section("budget").contenu["depenses"]


def hostile(*jours: str) -> dict[str, Any]:
    cles = ("demarrage", "va", "vsr", "cibles")
    etapes = [{"libelle": "<b>Étape</b> " + "très longue " * 12, "debut": jours[-1], "fin": jours[0]}]
    return {"jalons": dict(zip(cles, jours, strict=True)), "etapes": etapes}


JALONS = (
    ("2026-01-05",) * 4,
    ("2026-01-05", "2026-01-05", "2026-01-05", "2026-01-06"),
    ("2020-01-01", "2024-01-01", "2029-01-01", "2030-12-31"),
    ("2000-01-01", "2000-01-02", "2100-12-30", "2100-12-31"),
    ("2026-09-01", "2026-01-05", "2025-01-05", "2024-02-29"),
)


def test_gantt_tient_quelles_que_soient_les_dates(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur()
    entrer(navigation, porteur(monde.entite.finess_ej))
    for jours in JALONS:
        monde.ecrire("planning", hostile(*jours))
        verifier(navigation, adresse(monde, "planning"))
        _exiger_un_dessin_lisible(navigation)


def _exiger_un_dessin_lisible(navigation: Navigation) -> None:
    """Every bar and word inside the drawing, no label of the axis over another."""
    dessin = navigation.page.locator("svg.gantt")
    boite = dessin.bounding_box()
    assert boite is not None
    for forme in dessin.locator("rect, text").all():
        contour = forme.bounding_box()
        assert contour is not None
        assert boite["x"] - 1 <= contour["x"]
        assert contour["x"] + contour["width"] <= boite["x"] + boite["width"] + 1
    etiquettes = dessin.locator("text[y='18']")
    bords = [b for b in (e.bounding_box() for e in etiquettes.all()) if b]
    assert all(a["x"] + a["width"] <= b["x"] for a, b in pairwise(bords))
