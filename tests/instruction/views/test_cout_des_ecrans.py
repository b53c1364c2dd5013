"""What the screens of a draft cost: as many queries for fifty ESSMS as for one, fifteen at most."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from grappes.requetes_campagnes import edition_de
from instruction.views.sections import sections_de
from tests.fabriques import Monde, ouvrir_session

pytestmark = pytest.mark.django_db

REQUETES_MAX = 15
GRAPPE = (
    *("grappe", "grappe_essms", "grappe_ajouter", "grappe_organismes", "grappe_heures", "grappe_equipement"),
    *("grappe_amoa", "grappe_projet", "grappe_solution", "grappe_confirmations", "grappe_historique"),
)
AUTRES = ("dossier", "pieces", "relecture", "messages")


def _adresses(monde: Monde) -> dict[str, str]:
    ecrans = {nom: reverse(f"dossiers:{nom}", args=[monde.dossier.pk]) for nom in (*GRAPPE, *AUTRES)}
    sections = {
        decrite.cle: decrite.url(monde.dossier) for decrite in sections_de(edition_de(monde.campagne))
    }
    return {**ecrans, **sections}


def _requetes(client: Client, adresse: str) -> list[str]:
    """The queries of a page that a process has already shown once."""
    assert client.get(adresse).status_code == 200
    with CaptureQueriesContext(connection) as requetes:
        client.get(adresse)
    return [requete["sql"] for requete in requetes.captured_queries]


def _couts(nombre: int, rang: int) -> dict[str, int]:
    monde = Monde(nombre=nombre, rang=rang)
    monde.completer()
    client = ouvrir_session(Client(), monde.porteur)
    return {nom: len(_requetes(client, adresse)) for nom, adresse in _adresses(monde).items()}


def test_chaque_ecran_du_brouillon_coute_autant_pour_un_et_pour_cinquante_essms() -> None:
    couts = _couts(50, rang=1)
    assert couts == _couts(1, rang=2)
    assert {nom: cout for nom, cout in couts.items() if cout > REQUETES_MAX} == {}


def test_droits_lus_une_fois_par_requete_et_relus_a_la_suivante(client: Client) -> None:
    monde = Monde()
    ouvrir_session(client, monde.porteur)
    adresse = reverse("dossiers:dossier", args=[monde.dossier.pk])
    lectures = [sql for sql in _requetes(client, adresse) if 'FROM "comptes_rattachement"' in sql]
    assert len(lectures) == 1
    monde.porteur.rattachements.update(retire_le=timezone.now())
    assert client.get(adresse).status_code == 404
