"""The main menu: each role finds there every room that it may read, and none that would refuse it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.models import ROLES_AGENT, ROLES_NATIONAUX, Role
from tests.fabriques import agent

pytestmark = pytest.mark.django_db

ENTREE = re.compile(r'<a class="fr-nav__link" href="([^"]+)"')
DE_L_ARS = {"fils", "courriels", "campagnes", "conventions"}
# What each role reads besides the dossiers.
SALLES = {
    **dict.fromkeys((*ROLES_AGENT, Role.AUDITEUR), DE_L_ARS),
    Role.NATIONAL: {"campagnes", "conventions"},
    Role.GRADES: set(),
    Role.ADMINISTRATEUR: {*DE_L_ARS, "catalogue"},
}
ADRESSES = {
    "fils": reverse("dossiers:fils"),
    "courriels": reverse("courriels:liste"),
    "campagnes": reverse("campagnes:liste"),
    "conventions": reverse("conventions:liste"),
    "catalogue": reverse("catalogue:solutions"),
}


@pytest.mark.parametrize("role", SALLES)
def test_menu_mene_a_tout_ce_que_le_role_lit_et_a_rien_d_autre(role: Role) -> None:
    client = Client()
    client.force_login(agent(role, "" if role in ROLES_NATIONAUX else "76"))
    entrees = set(ENTREE.findall(client.get(reverse("dossiers:liste")).content.decode()))
    assert {nom for nom, adresse in ADRESSES.items() if adresse in entrees} == SALLES[role]
    assert {client.get(adresse).status_code for adresse in entrees} == {200}
