"""What holds at every address, whoever asks: CSRF, disabled accounts, second factor, no shared cache."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from esms.comptes.middleware import ENROLER
from esms.comptes.models import Utilisateur
from tests.acces.demandes import adresse, corps
from tests.acces.mondes import monde, suivre_le_depot
from tests.acces.table import Ligne, lire
from tests.fabriques import Monde, ouvrir_session
from tests.rigueur.second_facteur import entrer_sans

pytestmark = pytest.mark.django_db
LIGNES = {(ligne.adresse, ligne.methode): ligne for ligne in lire()}
# The API reads no cookie: nobody's session can be borrowed there.
SANS_SESSION = ("api:",)
PERMISES = ENROLER | {"account_logout"}  # the same address as comptes:deconnexion
OUVERTES = {nom for (nom, _), ligne in LIGNES.items() if "→" not in ligne.cellules["anonyme"].values()}


@pytest.fixture(autouse=True)
def _sans_journal_des_refus(settings: Any) -> None:
    journal = "esms.journal.securite.JournalDeSecurite"
    settings.MIDDLEWARE = [nom for nom in settings.MIDDLEWARE if nom != journal]


@pytest.fixture
def depose() -> Monde:
    joue = monde()
    joue.amener("depose")
    suivre_le_depot(joue)
    return joue


def _envois() -> list[Ligne]:
    return [
        ligne for (nom, methode), ligne in LIGNES.items() if methode == "POST" and nom[:4] not in SANS_SESSION
    ]


def _lectures() -> list[Ligne]:
    return [
        ligne
        for (nom, methode), ligne in LIGNES.items()
        if methode == "GET" and not nom.startswith(SANS_SESSION)
    ]


def _lire(client: Client, ligne: Ligne, joue: Monde) -> HttpResponse:
    reponse = client.get(adresse(ligne.nom, joue))
    for fermer in reponse._resource_closers:
        fermer()
    return reponse


def test_aucun_envoi_ne_passe_sans_jeton(depose: Monde) -> None:
    client = ouvrir_session(Client(enforce_csrf_checks=True), depose.porteur)
    passes = {
        ligne.nom: statut
        for ligne in _envois()
        if (statut := client.post(adresse(ligne.nom, depose), corps(ligne.nom, depose)).status_code) != 403
    }
    assert passes == {}


def test_un_compte_desactive_ne_lit_plus_rien_dans_une_session_ouverte(depose: Monde) -> None:
    client = ouvrir_session(Client(), depose.porteur)
    assert client.get("/dossiers/").status_code == 200
    Utilisateur.objects.filter(pk=depose.porteur.pk).update(is_active=False)
    lus = {
        ligne.nom: reponse.status_code
        for ligne in _lectures()
        if ligne.adresse not in OUVERTES
        and not (reponse := _lire(client, ligne, depose)).headers.get("Location", "").startswith("/compte/")
    }
    assert lus == {}


def test_un_agent_sans_second_facteur_n_atteint_que_son_enrolement(depose: Monde) -> None:
    client = Client()
    entrer_sans(client, depose.administrateur)
    atteintes = set()
    for ligne in LIGNES.values():
        ou = adresse(ligne.nom, depose)
        if ligne.adresse in PERMISES or ligne.nom.startswith(SANS_SESSION):
            continue
        reponse = client.get(ou) if ligne.methode == "GET" else client.post(ou, corps(ligne.nom, depose))
        if not reponse.headers.get("Location", "").startswith(reverse("mfa_index")):
            atteintes.add((ligne.nom, ligne.methode, reponse.status_code))
    assert atteintes == set()


def test_aucune_page_d_une_personne_ne_reste_dans_un_cache_partage(depose: Monde) -> None:
    gardees = set()
    for personne in (depose.representant, depose.administrateur):
        client = ouvrir_session(Client(), personne)
        for ligne in _lectures():
            entete = _lire(client, ligne, depose).headers.get("Cache-Control", "")
            if "no-store" not in entete and "private" not in entete:
                gardees.add((ligne.nom, entete))
    assert gardees == set()
