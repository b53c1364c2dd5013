"""Filings that were withdrawn: readable by their porteur, still proven to whoever holds the hash."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from esms.courriels.models import Courriel
from instruction.actions.accuse import produire_le_pdf
from instruction.actions.retrait import retirer_depot
from tests.fabriques import Monde, ouvrir_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _compteurs_vides() -> None:
    cache.clear()


def adresse(monde: Monde, nom: str, *suite: int) -> str:
    return reverse(f"dossiers:{nom}", args=[monde.dossier.pk, *suite])


def redepose(fois: int = 2) -> Monde:
    """Filed `fois` times, withdrawn in between."""
    monde = Monde()
    monde.deposer()
    for _ in range(fois - 1):
        retirer_depot(dossier=monde.relire(), par=monde.porteur)
        monde.relire()
        monde.deposer()
    monde.relire()
    return monde


def test_depot_retire_reste_lisible_au_porteur_meme_avant_d_etre_refait() -> None:
    monde = Monde()
    monde.deposer()
    premier = monde.relire().depot
    produire_le_pdf(accuse=premier.accuse.pk, par=None)
    retirer_depot(dossier=monde.dossier, par=monde.porteur)
    client = ouvrir_session(Client(), monde.porteur)
    assert adresse(monde, "depots") in client.get(monde.relire().get_absolute_url()).text
    liste = client.get(adresse(monde, "depots")).text
    assert premier.empreinte in liste
    assert "Retiré le" in liste
    page = client.get(adresse(monde, "accuse_d_un_depot", 1)).text
    assert "Ce dépôt a été retiré" in page
    assert premier.empreinte in page
    assert adresse(monde, "pdf_d_un_depot", 1) in page
    fichier = client.get(adresse(monde, "pdf_d_un_depot", 1))
    assert b"".join(fichier.streaming_content).startswith(b"%PDF-")
    assert client.get(adresse(monde, "accuse")).status_code == 404


def test_accuse_de_chaque_rang_dit_lequel_compte() -> None:
    monde = redepose()
    client = ouvrir_session(Client(), monde.porteur)
    premier, second = monde.dossier.depots.order_by("rang")
    ancien, courant = (client.get(adresse(monde, "accuse_d_un_depot", rang)).text for rang in (1, 2))
    assert ("Ce dépôt a été retiré" in ancien, premier.empreinte in ancien) == (True, True)
    assert ("Ce dépôt a été retiré" in courant, second.empreinte in courant) == (False, True)
    assert "il remplace le dépôt précédent" in client.get(adresse(monde, "accuse")).text
    assert client.get(adresse(monde, "accuse_d_un_depot", 3)).status_code == 404
    assert adresse(monde, "depots") in client.get(monde.dossier.get_absolute_url()).text


def test_verification_dit_le_retrait_du_premier_et_prouve_les_deux() -> None:
    monde = redepose()
    premier, second = monde.dossier.depots.order_by("rang")
    pages = [
        strip_tags(Client().get(reverse("verifier"), {"empreinte": depot.empreinte}).text)
        for depot in (premier, second)
    ]
    assert ["Ce dépôt a été retiré le" in page for page in pages] == [True, False]
    assert ["dépôt n°\u00a02" in page for page in pages] == [False, True]
    assert all("elle est la même" in page for page in pages)


def test_retrait_avertit_l_ars_et_les_gens_de_l_organisme() -> None:
    monde = Monde()
    monde.deposer()
    retirer_depot(dossier=monde.relire(), par=monde.porteur)
    retirer_depot(dossier=monde.dossier, par=monde.porteur)
    ecrits = Courriel.objects.filter(gabarit__in=("depot_retire", "votre_depot_est_retire"))
    assert {(courriel.gabarit, courriel.a) for courriel in ecrits} >= {
        ("depot_retire", monde.campagne.courriel),
        ("votre_depot_est_retire", monde.porteur.courriel),
    }
    assert ecrits.filter(a=monde.porteur.courriel).count() == 1


def test_page_de_retrait_dit_l_instant_ou_la_fenetre_ferme() -> None:
    monde = Monde()
    monde.deposer()
    fin = timezone.localdate() + timedelta(days=3)
    type(monde.campagne).objects.update(fermeture=fin, fermeture_multiregionale=fin)
    client = ouvrir_session(Client(), monde.porteur)
    page = strip_tags(client.get(adresse(monde, "retirer_depot")).text)
    assert f"{fin.year} à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s (heure de Paris)" in page
    assert adresse(monde, "retirer_depot") in client.get(adresse(monde, "accuse")).text


def test_liste_des_depots_fait_autant_de_requetes_pour_un_que_pour_trois() -> None:
    comptes = []
    for fois in (1, 3):
        monde = redepose(fois)
        client = ouvrir_session(Client(), monde.porteur)
        client.get(adresse(monde, "depots"))
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(adresse(monde, "depots")).status_code == 200
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]
