"""Who reads which wording: the porteur what to write, the instructor the grid; each edition its own text."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from esms.aap import edition
from instruction.etats import Etat
from tests.fabriques import GUADELOUPE, OCCITANIE, Monde, ouvrir_session

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.parametrize("nom", [OCCITANIE, GUADELOUPE]),
]


def page(client: Client, nom: str, *reste: object) -> str:
    reponse = client.get(reverse(f"dossiers:{nom}", args=reste))
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def test_section_projet_parle_au_porteur(client: Client, nom: str) -> None:
    monde = Monde(nom)
    client.force_login(monde.porteur)
    lue = page(client, "section", monde.dossier.pk, "projet")
    criteres = edition(nom).grille.criteres
    assert [c.cle for c in criteres if c.consigne in lue and c.aide not in lue] == [c.cle for c in criteres]


def test_grille_garde_les_mots_de_la_grille(client: Client, nom: str) -> None:
    monde = Monde(nom)
    monde.amener(Etat.DEPOSE)
    lue = page(ouvrir_session(client, monde.instructeur), "grille", monde.dossier.pk)
    criteres = edition(nom).grille.criteres
    assert [c.cle for c in criteres if c.aide in lue and c.consigne not in lue] == [c.cle for c in criteres]


def test_nombre_de_dui_actifs_n_est_dit_qu_ou_l_appel_le_suit(client: Client, nom: str) -> None:
    monde = Monde(nom)
    client.force_login(monde.porteur)
    dits = [
        "nombre de DUI actifs" in page(client, "section", monde.dossier.pk, cle)
        for cle in ("usages", "engagements")
    ]
    assert dits == [nom == OCCITANIE] * 2
