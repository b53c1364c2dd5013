"""Typing a section in a real browser: saved by itself, network cut, session over, two people, no script."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests.fabriques import FICHE, Monde, porteur
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
Ouvrir = Callable[..., Navigation]
NOM = "Nom et prénom du contact opérationnel"


def section(monde: Monde, cle: str = "contacts", nom: str = "section") -> str:
    return reverse(f"dossiers:{nom}", args=[monde.dossier.pk, cle])


def etat(nav: Navigation) -> Any:
    return nav.page.locator("[data-etat]")


def copies(nav: Navigation) -> int:
    nombre: int = nav.page.evaluate(
        "Object.keys(localStorage).filter(c => c.startsWith('brouillon:')).length"
    )
    return nombre


def test_saisie_s_enregistre_seule_et_le_panneau_suit(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    nav.page.get_by_label(NOM).fill("Camille Roux")
    expect(etat(nav)).to_contain_text("Enregistré à")
    assert monde.section("contacts").contenu["contact_nom"] == "Camille Roux"
    expect(nav.page.locator("#panneau")).to_contain_text("6 points à compléter")
    assert (copies(nav), nav.violations()) == (0, [])
    nav.page.get_by_label(NOM).fill("Camille Roux-Petit")
    expect(nav.page.locator("[name=version]")).to_have_value("2")
    nav.page.get_by_label("Téléphone du contact").press_sequentially("05 61 00 00 00")
    nav.cliquer("Enregistrer")
    assert monde.section("contacts").contenu["contact_telephone"] == "05 61 00 00 00"


def test_reseau_coupe_puis_rendu_rien_n_est_perdu(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    nav.page.context.set_offline(True)
    nav.page.get_by_label(NOM).fill("Camille Roux")
    expect(etat(nav)).to_have_text(
        "Hors connexion\u00a0: votre saisie est gardée dans ce navigateur et sera renvoyée."
    )
    assert copies(nav) == 1
    assert nav.violations() == []
    nav.consoles.clear()  # Chromium says that the network is cut
    nav.page.context.set_offline(False)
    expect(etat(nav)).to_contain_text("Enregistré à")
    assert monde.section("contacts").contenu["contact_nom"] == "Camille Roux"
    assert copies(nav) == 0


def test_navigateur_ferme_hors_connexion_la_saisie_revient(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde, "projet"))
    nav.page.context.set_offline(True)
    nav.page.locator("main textarea").first.fill("Un texte écrit dans le train.")
    expect(etat(nav)).to_contain_text("Hors connexion")
    nav.consoles.clear()
    nav.page.goto("about:blank")  # the window is closed before the network comes back
    nav.page.context.set_offline(False)
    nav.aller(section(monde, "projet"))
    assert nav.page.locator("main textarea").first.input_value() == "Un texte écrit dans le train."
    # Sent by the browser as soon as the network came back, or by this page: nobody has pressed a button.
    limite = time.monotonic() + 5
    while not monde.section("projet").version and time.monotonic() < limite:
        nav.page.wait_for_timeout(50)
    assert "Un texte écrit dans le train." in monde.section("projet").contenu.values()


def test_session_expiree_la_saisie_revient_apres_la_reconnexion(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    Session.objects.all().delete()
    with nav.reponse_attendue(401):
        nav.page.get_by_label(NOM).fill("Camille Roux")
        expect(etat(nav)).to_contain_text("Votre session a expiré")
    assert nav.violations() == []
    entrer(nav, monde.porteur)
    nav.suivre(nav.page.get_by_role("link", name="Se reconnecter"))
    assert nav.page.get_by_label(NOM).input_value() == "Camille Roux"
    expect(etat(nav)).to_contain_text("Enregistré à")
    assert (monde.section("contacts").version, copies(nav)) == (1, 0)


def test_saisie_d_une_personne_n_est_pas_rendue_a_une_autre(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    Session.objects.all().delete()  # nor may what was being sent arrive in the name of the first person
    nav.page.context.set_offline(True)
    nav.page.get_by_label(NOM).fill("Confidence")
    expect(etat(nav)).to_contain_text("Hors connexion")
    nav.consoles.clear()
    nav.page.goto("about:blank")  # the window is closed before the network comes back
    nav.page.context.set_offline(False)
    entrer(nav, porteur(monde.entite.finess_ej, "Claude Collègue"))
    nav.aller(section(monde))
    assert nav.page.get_by_label(NOM).input_value() == ""


def test_deux_personnes_la_seconde_choisit_champ_par_champ(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    monde.ecrire("contacts", FICHE)
    with nav.reponse_attendue(409):
        nav.page.get_by_label(NOM).fill("Sacha Petit")
        expect(etat(nav)).to_contain_text("a modifié cette section à")
        assert nav.violations() == []
        nav.suivre(etat(nav).get_by_role("button", name="Voir les deux versions"))
        assert nav.violations() == []
    assert "Camille Roux" in nav.texte()
    nav.cliquer("Enregistrer ces choix")
    assert monde.section("contacts").contenu == {**FICHE, "contact_nom": "Sacha Petit"}
    nav.aller(section(monde))
    assert copies(nav) == 0


def test_saisie_fausse_reste_dans_le_navigateur(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    with nav.reponse_attendue(400):
        nav.page.get_by_label("Adresse électronique du contact opérationnel").fill("pas une adresse")
        expect(etat(nav)).to_contain_text("Pas encore enregistré.")
        assert (nav.violations(), copies(nav)) == ([], 1)
        nav.cliquer("Enregistrer")
        assert nav.violations() == []


@pytest.mark.parametrize("javascript", [True, False])
def test_versions_se_comparent_et_se_reprennent(ouvrir_navigateur: Ouvrir, javascript: bool) -> None:
    monde, nav = Monde(), ouvrir_navigateur(javascript=javascript)
    entrer(nav, monde.porteur)
    monde.ecrire("projet", {"efficience": "Un levier modeste"})
    monde.ecrire("projet", {"efficience": "Un levier puissant"})
    nav.aller(section(monde, "projet", "versions"))
    assert nav.page.locator("main .differences del").inner_text().split() == ["[retiré", ":", "modeste", "]"]
    if javascript:
        assert nav.violations() == []
    nav.cliquer("Reprendre la version 1")
    assert nav.page.get_by_label("Levier d’efficience").input_value() == "Un levier modeste"


def test_sans_javascript_une_section_s_enregistre_au_bouton(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur(javascript=False)
    entrer(nav, monde.porteur)
    nav.aller(section(monde))
    nav.page.get_by_label(NOM).fill("Camille Roux")
    nav.page.locator("main").get_by_role("button", name="Enregistrer et continuer").click()
    assert monde.section("contacts").contenu["contact_nom"] == "Camille Roux"


def test_creation_sans_simulation_est_accessible(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    nav.aller(reverse("dossiers:creer"))
    assert nav.violations() == []
    with nav.reponse_attendue(400):
        nav.cliquer("Créer le brouillon")
        assert nav.violations() == []
    nav.cocher("Je veux un autre dossier, en plus du brouillon qui existe déjà")
    nav.cliquer("Créer le brouillon")
    assert "Votre brouillon est créé." in nav.texte()


def test_ligne_ajoutee_puis_retiree_ne_revient_pas(ouvrir_navigateur: Ouvrir) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    entrer(nav, monde.porteur)
    monde.ecrire("risques", monde.saisies()["risques"])
    nav.aller(section(monde, "risques"))
    avant = nav.page.locator("#section textarea, #section input[type=text]").count()
    nav.page.locator("#section").get_by_role("button", name="Ajouter").first.click()
    expect(nav.page.locator("#section textarea, #section input[type=text]").nth(avant)).to_be_visible()
    nav.page.locator("#section textarea, #section input[type=text]").first.fill("Un risque changé")
    expect(etat(nav)).to_contain_text("Enregistré à")
    assert "Un risque changé" in str(monde.section("risques").contenu)
    nav.aller(section(monde, "risques"))
    expect(etat(nav)).to_be_empty()
    assert copies(nav) == 0
