"""Each screen of a dossier in each of its states, in a real browser: axe finds nothing, 320 px are enough."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Utilisateur
from grappes.requetes_campagnes import edition_de
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.views.sections import sections_de
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde, organisme, porteur
from tests.parcours.navigation import Navigation

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]

NOMBRES = {OCCITANIE: 15, GUADELOUPE: 8}


def entrer(navigation: Navigation, utilisateur: Utilisateur) -> None:
    """Sign in without the form: what is tested here comes after."""
    client = Client()
    client.force_login(utilisateur)
    navigation.garder_la_session(client)


def adresse(dossier: Dossier, nom: str) -> str:
    return reverse(f"dossiers:{nom}", args=[dossier.pk])


def verifier(navigation: Navigation, chemin: str, statut: int = 200) -> None:
    navigation.aller(chemin, statut=statut)
    assert navigation.violations() == []


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
def test_brouillon_incomplet_puis_complet_est_accessible(
    ouvrir_navigateur: Callable[..., Navigation], edition: str
) -> None:
    monde = Monde(edition, nombre=NOMBRES[edition])
    navigation = ouvrir_navigateur()
    entrer(navigation, monde.porteur)
    verifier(navigation, adresse(monde.dossier, "deposer"), 405)
    ecrans = ("dossier", "grappe", "pieces", "relecture")
    for preparer in (lambda: None, monde.completer):
        preparer()
        for nom in ecrans:
            verifier(navigation, adresse(monde.dossier, nom))
        for decrite in sections_de(edition_de(monde.campagne)):
            verifier(navigation, decrite.url(monde.dossier))
    verifier(navigation, f"{reverse('dossiers:creer')}?simulation={monde.simulation.cle}")


def test_erreurs_du_brouillon_sont_accessibles(
    ouvrir_navigateur: Callable[..., Navigation], tmp_path: Any
) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur()
    page = navigation.page
    entrer(navigation, monde.porteur)
    navigation._attendu = 400
    page.goto(navigation.adresse + reverse("dossiers:section", args=[monde.dossier.pk, "contacts"]))
    page.get_by_label("Adresse électronique du contact opérationnel").fill("pas une adresse")
    navigation.cliquer("Enregistrer")
    assert navigation.violations() == []
    page.goto(navigation.adresse + adresse(monde.dossier, "pieces"))
    faux = tmp_path / "faux.pdf"
    faux.write_bytes(b"du texte")
    page.locator("#fichier-P1").set_input_files(faux)
    with page.expect_navigation():
        page.get_by_role("button", name="Joindre à P1", exact=True).click()
    assert page.get_by_role("alert").first.is_visible()
    assert navigation.violations() == []
    page.goto(navigation.adresse + adresse(monde.dossier, "relecture"))
    assert page.get_by_text("Le dossier ne peut pas encore être déposé").is_visible()
    assert navigation.violations() == []


def test_conflit_de_saisie_est_accessible_et_garde_tout(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur()
    page = navigation.page
    entrer(navigation, monde.porteur)
    page.goto(navigation.adresse + reverse("dossiers:section", args=[monde.dossier.pk, "projet"]))
    monde.completer()
    navigation._attendu = 409
    page.get_by_label("Levier d’efficience").fill("Ma saisie")
    navigation.cliquer("Enregistrer")
    assert "Ma saisie" in navigation.texte()
    assert page.get_by_text("Garder la version enregistrée").first.is_visible()
    assert navigation.violations() == []


def test_instruction_d_une_grille_qualitative_est_accessible_d_un_bout_a_l_autre(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    monde = Monde(GUADELOUPE, nombre=NOMBRES[GUADELOUPE])
    navigation = ouvrir_navigateur()
    entrer(navigation, monde.instructeur)
    verifier(navigation, reverse("dossiers:liste"))
    monde.amener(Etat.DEPOSE)
    for nom in ("dossier", "accuse", "eligibilite", "recevabilite"):
        verifier(navigation, adresse(monde.dossier, nom))
    verifier(navigation, reverse("dossiers:liste"))
    monde.amener(Etat.EN_INSTRUCTION)
    for nom in ("dossier", "grille"):
        verifier(navigation, adresse(monde.dossier, nom))
    monde.amener(Etat.INSTRUIT)
    entrer(navigation, monde.valideur)
    for nom in ("dossier", "selection", "grille"):
        verifier(navigation, adresse(monde.dossier, nom))
    monde.amener(Etat.CONVENTION_A_SIGNER)
    verifier(navigation, adresse(monde.dossier, "dossier"))
    entrer(navigation, monde.porteur)
    verifier(navigation, adresse(monde.dossier, "dossier"))
    verifier(navigation, adresse(monde.dossier, "eligibilite"), 403)


def test_refus_motive_et_listes_vides_sont_accessibles(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    monde.amener(Etat.NON_RETENU)
    navigation = ouvrir_navigateur()
    entrer(navigation, monde.porteur)
    verifier(navigation, adresse(monde.dossier, "dossier"))
    verifier(navigation, reverse("dossiers:liste"))
    entrer(navigation, porteur(organisme(2, nom="Association des Tilleuls").finess_ej))
    verifier(navigation, reverse("dossiers:liste"))
    verifier(navigation, adresse(monde.dossier, "dossier"), 404)


def test_accueil_sans_appel_ouvert_est_accessible(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    verifier(ouvrir_navigateur(), reverse("accueil"))
