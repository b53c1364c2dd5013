"""Every screen, opened in the state and by the person it is made for."""

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Utilisateur
from instruction.etats import Etat
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde

pytestmark = pytest.mark.django_db


def entrer(utilisateur: Utilisateur) -> Client:
    client = Client()
    client.force_login(utilisateur)
    return client


ECRANS_PORTEUR = ("dossier", "grappe", "pieces", "relecture")


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
@pytest.mark.parametrize("ecran", ECRANS_PORTEUR)
@pytest.mark.parametrize("complet", [False, True])
def test_ecran_du_brouillon_s_ouvre(edition: str, ecran: str, complet: bool) -> None:
    monde = Monde(edition, nombre=15 if edition == OCCITANIE else 8)
    if complet:
        monde.completer()
    reponse = entrer(monde.porteur).get(reverse(f"dossiers:{ecran}", args=[monde.dossier.pk]))
    assert reponse.status_code == 200


@pytest.mark.parametrize("etat", list(Etat))
def test_fiche_s_ouvre_pour_le_porteur_dans_chaque_etat(etat: Etat) -> None:
    monde = Monde()
    monde.amener(etat)
    assert entrer(monde.porteur).get(monde.dossier.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("etat", [etat for etat in Etat if etat != Etat.BROUILLON])
@pytest.mark.parametrize("role", ["instructeur", "valideur", "administrateur"])
def test_fiche_s_ouvre_pour_les_agents_dans_chaque_etat(etat: Etat, role: str) -> None:
    monde = Monde()
    monde.amener(etat)
    assert entrer(getattr(monde, role)).get(monde.dossier.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("edition", [OCCITANIE, GUADELOUPE])
@pytest.mark.parametrize(
    ("ecran", "etat", "role"),
    [
        ("accuse", Etat.DEPOSE, "porteur"),
        ("accuse", Etat.DEPOSE, "instructeur"),
        ("eligibilite", Etat.DEPOSE, "instructeur"),
        ("recevabilite", Etat.DEPOSE, "instructeur"),
        ("grille", Etat.EN_INSTRUCTION, "instructeur"),
        ("grille", Etat.INSTRUIT, "valideur"),
        ("selection", Etat.INSTRUIT, "valideur"),
    ],
)
def test_ecran_du_dossier_depose_s_ouvre(edition: str, ecran: str, etat: Etat, role: str) -> None:
    monde = Monde(edition, nombre=15 if edition == OCCITANIE else 8)
    monde.amener(etat)
    reponse = entrer(getattr(monde, role)).get(reverse(f"dossiers:{ecran}", args=[monde.dossier.pk]))
    assert reponse.status_code == 200


def test_listes_s_ouvrent_vides_et_pleines() -> None:
    monde = Monde()
    assert entrer(monde.porteur).get(reverse("dossiers:liste")).status_code == 200
    assert entrer(monde.instructeur).get(reverse("dossiers:liste")).status_code == 200
    monde.amener(Etat.DEPOSE)
    assert entrer(monde.instructeur).get(reverse("dossiers:liste")).status_code == 200


def test_pages_publiques_s_ouvrent_sans_compte() -> None:
    Monde()
    for nom in ("accueil", "accessibilite", "mentions"):
        assert Client().get(reverse(nom)).status_code == 200
