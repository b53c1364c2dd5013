"""Signing in: one sentence for every failure, roles on the next page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.actions import attester_adresse
from esms.comptes.arrivee import premiere_page
from esms.comptes.models import ROLES_ARS, ROLES_ORGANISME, Role, Utilisateur
from tests.decor import rattacher

pytestmark = pytest.mark.django_db

MOT_DE_PASSE = "un mot de passe assez long"
REFUS = "L’adresse électronique ou le mot de passe est inexact."


def _entrer(client: Client, courriel: str, mot_de_passe: str = MOT_DE_PASSE) -> Any:
    return client.post(reverse("comptes:connexion"), {"login": courriel, "password": mot_de_passe})


@pytest.fixture
def personne() -> Utilisateur:
    personne = Utilisateur.objects.create_user("agent@exemple.example", MOT_DE_PASSE, nom="Agent")
    attester_adresse(utilisateur=personne)
    return personne


@pytest.mark.parametrize("courriel", ["agent@exemple.example", "AGENT@exemple.EXAMPLE"])
def test_connexion_quelle_que_soit_la_casse(client: Client, personne: Utilisateur, courriel: str) -> None:
    reponse = _entrer(client, courriel)
    assert reponse.status_code == 302
    assert client.session["_auth_user_id"] == str(personne.pk)


def test_connexion_meme_refus_que_le_compte_existe_ou_non(client: Client, personne: Utilisateur) -> None:
    for courriel, mot in (("agent@exemple.example", "faux"), ("inconnu@exemple.example", MOT_DE_PASSE)):
        reponse = _entrer(client, courriel, mot)
        assert reponse.context["form"].non_field_errors() == [REFUS]
        assert "_auth_user_id" not in client.session


def test_connexion_compte_desactive_refusee(client: Client, personne: Utilisateur) -> None:
    personne.is_active = False
    personne.save()
    assert _entrer(client, personne.courriel).context["form"].non_field_errors() == [REFUS]


def test_deconnexion_par_get_refusee(client: Client, personne: Utilisateur) -> None:
    client.force_login(personne)
    assert client.get(reverse("comptes:deconnexion")).status_code == 405
    assert client.session["_auth_user_id"] == str(personne.pk)


def test_page_protegee_renvoie_a_la_connexion_puis_revient(client: Client, personne: Utilisateur) -> None:
    adresse = reverse("dossiers:liste")
    reponse = client.get(adresse)
    assert reponse.url == f"{reverse('comptes:connexion')}?next={adresse}"
    reponse = client.post(
        reponse.url, {"login": personne.courriel, "password": MOT_DE_PASSE, "next": adresse}
    )
    assert reponse.url == adresse


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ((Role.PORTEUR,), "dossiers:liste"),
        ((Role.MEMBRE,), "dossiers:liste"),
        ((Role.INSTRUCTEUR, Role.ADMINISTRATEUR), "dossiers:liste"),
        ((Role.JURY,), "dossiers:liste"),
        ((Role.ADMINISTRATEUR,), "campagnes:liste"),
        ((Role.SIGNATAIRE,), "conventions:liste"),
        ((Role.GESTIONNAIRE, Role.GRADES), "conventions:liste"),
        ((Role.AUDITEUR,), "dossiers:liste"),
        ((), "accueil"),
    ],
)
def test_arrivee_selon_les_roles(personne: Utilisateur, roles: tuple[Role, ...], page: str) -> None:
    for role in roles:
        rattacher(
            personne,
            role,
            organisme="310781562" if role in ROLES_ORGANISME else "",
            ars="76" if role in ROLES_ARS else "",
        )
    assert premiere_page(personne) == reverse(page)


def test_connexion_sans_page_demandee_mene_au_travail_du_role(client: Client, personne: Utilisateur) -> None:
    rattacher(personne, Role.PORTEUR, organisme="310781562")
    assert _entrer(client, personne.courriel).url == reverse("dossiers:liste")


@pytest.mark.parametrize("ailleurs", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:a(1)"])
def test_connexion_ne_mene_jamais_hors_du_portail(
    client: Client, personne: Utilisateur, ailleurs: str
) -> None:
    envoi = {"login": personne.courriel, "password": MOT_DE_PASSE, "next": ailleurs}
    assert client.post(reverse("comptes:connexion"), envoi).url == reverse("accueil")
