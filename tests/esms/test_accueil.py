"""What the law wants said on pages open to all: who pays, and how long what is typed is kept."""

import pytest
from django.test import Client
from django.urls import reverse

FINANCEMENT = "Financé par l’Union européenne – NextGenerationEU"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["accueil", "accessibilite", "verifier", "appels:liste"])
def test_chaque_page_dit_le_financement_europeen(client: Client, page: str) -> None:
    assert client.get(reverse(page)).content.decode().count(FINANCEMENT) == 1


@pytest.mark.django_db
def test_mentions_disent_ce_qui_s_efface_et_ce_qui_se_garde(client: Client) -> None:
    page = client.get(reverse("mentions")).content.decode()
    dits = (
        "brouillon jamais déposé est effacé un an après la clôture",
        "son porteur en est averti trente jours avant",
        "Ce qui a été déposé est une archive publique",
        "Aucune donnée sur les personnes accompagnées ne doit y figurer.",
    )
    assert [phrase for phrase in dits if phrase not in page] == []
