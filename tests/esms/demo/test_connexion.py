"""The public password of the demonstration opens nothing where the demonstration is not asked for."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.demo.comptes import comptes, mot_de_passe, ouvrir

pytestmark = pytest.mark.django_db


@pytest.fixture
def porteur() -> Utilisateur:
    return ouvrir(comptes()[0], le=timezone.localdate(), par=None)


def test_compte_de_demonstration_entre_la_ou_la_demonstration_est_ouverte(
    porteur: Utilisateur, settings: Any
) -> None:
    settings.ESMS_DEMO = True
    assert authenticate(username=porteur.courriel, password=mot_de_passe()) == porteur


def test_compte_de_demonstration_refuse_ailleurs(porteur: Utilisateur, settings: Any) -> None:
    settings.ESMS_DEMO = False
    assert authenticate(username=porteur.courriel, password=mot_de_passe()) is None


def test_session_de_demonstration_fermee_des_que_la_demonstration_l_est(
    porteur: Utilisateur, client: Client, settings: Any
) -> None:
    settings.ESMS_DEMO = True
    client.force_login(porteur)
    assert client.get(reverse("comptes:connexion")).wsgi_request.user == porteur
    settings.ESMS_DEMO = False
    assert client.get(reverse("comptes:connexion")).wsgi_request.user.is_anonymous


def test_autre_compte_entre_partout(settings: Any) -> None:
    settings.ESMS_DEMO = False
    agent = Utilisateur.objects.create_user("agent@ars.example", "une phrase secrete a soi", nom="Agent")
    assert authenticate(username=agent.courriel, password="une phrase secrete a soi") == agent


def test_mot_de_passe_de_la_demonstration_assez_long() -> None:
    assert len(mot_de_passe()) >= 14


def test_compte_de_demonstration_ouvert_deux_fois_un_seul(porteur: Utilisateur) -> None:
    assert ouvrir(comptes()[0], le=timezone.localdate(), par=None) == porteur
    assert Utilisateur.objects.count() == 1
    assert porteur.rattachements.count() == len({r.role for r in porteur.rattachements.all()})


@pytest.mark.parametrize("ouverte", [True, False])
def test_page_de_connexion_dit_les_comptes_la_seulement_ou_la_demonstration_est_ouverte(
    porteur: Utilisateur, client: Client, settings: Any, ouverte: bool
) -> None:
    settings.ESMS_DEMO = ouverte
    page = client.get(reverse("comptes:connexion")).content.decode()
    assert [mot in page for mot in (mot_de_passe(), porteur.courriel)] == [ouverte, ouverte]


def test_agent_de_la_demonstration_entre_avec_le_code_affiche(client: Client, settings: Any) -> None:
    settings.ESMS_DEMO = True
    compte = next(compte for compte in comptes() if compte.avec_code)
    ouvrir(compte, le=timezone.localdate(), par=None)
    client.post(reverse("comptes:connexion"), {"login": compte.courriel, "password": mot_de_passe()})
    page = client.get(reverse("mfa_authenticate")).content.decode()
    code = compte.code_actuel()
    assert code in page
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.get(reverse("dossiers:liste")).status_code == 200


def test_code_demo_affiche_les_codes_des_agents_la_ou_la_demonstration_est_ouverte(settings: Any) -> None:
    settings.ESMS_DEMO = True
    sortie = StringIO()
    call_command("code_demo", "instructeur", stdout=sortie)
    lignes = [ligne.split() for ligne in sortie.getvalue().splitlines()]
    assert {len(code) for code, _ in lignes} == {6}
    agents = [c.courriel for c in comptes() if c.avec_code and c.courriel.startswith("instructeur")]
    assert [courriel for _, courriel in lignes] == agents
    settings.ESMS_DEMO = False
    with pytest.raises(CommandError, match="est public"):
        call_command("code_demo")
