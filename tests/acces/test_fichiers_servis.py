"""Every file that leaves the portal: saved, never shown, in a sandbox, kept by nobody, well named."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from instruction.actions.piece import joindre, retirer
from instruction.etats import Etat
from tests.acces import mondes
from tests.acces.demandes import adresse
from tests.fabriques import Monde, ouvrir_session, pdf

pytestmark = pytest.mark.django_db
DU_BROUILLON = ("dossiers:modele", "dossiers:telecharger", "dossiers:budget_tableur")
DU_DEPOT = ("dossiers:accuse_en_pdf", "dossiers:pdf_d_un_depot", "dossiers:piece_de_message")
DE_TOUS = ("appels:document", "simulation:modele", "simulation:pdf", "simulation:xlsx")


def lire(reponse: Any) -> bytes:
    octets = reponse.getvalue()
    for fermer in reponse._resource_closers:  # closing the answer would close the connection of the test
        fermer()
    return octets


def entetes(client: Client, chemin: str) -> tuple[Any, ...]:
    reponse = client.get(chemin)
    assert (chemin, reponse.status_code, lire(reponse)[:4] in (b"%PDF", b"PK\x03\x04")) == (chemin, 200, True)
    return (
        reponse["Content-Disposition"].partition(";")[0],
        reponse["X-Content-Type-Options"],
        reponse["Content-Security-Policy"],
    )


SURE = ("attachment", "nosniff", "sandbox")


@pytest.fixture
def joue() -> Monde:
    return mondes.monde()


def test_fichier_servi_a_qui_est_connecte_n_est_ni_montre_ni_garde(joue: Monde) -> None:
    client = ouvrir_session(Client(), joue.porteur)
    for nom in (*DU_BROUILLON, *DE_TOUS):
        assert (nom, entetes(client, adresse(nom, joue))) == (nom, SURE)
    joue.amener(Etat.DEPOSE)
    mondes.suivre_le_depot(joue)
    for nom in (*DU_DEPOT, "dossiers:telecharger"):
        assert (nom, entetes(client, adresse(nom, joue))) == (nom, SURE)
        reponse = client.get(adresse(nom, joue))
        cache = {mot.strip() for mot in reponse["Cache-Control"].split(",")}
        lire(reponse)
        assert (nom, cache) == (nom, {"no-store", "private"})


def test_fichier_public_n_est_pas_montre(joue: Monde) -> None:
    for nom in DE_TOUS:
        assert (nom, entetes(Client(), adresse(nom, joue))) == (nom, SURE)


def test_convention_emise_sort_dans_un_bac_a_sable() -> None:
    monde = Monde()
    monde.amener(Etat.CONVENTIONNE)
    client = ouvrir_session(Client(), monde.porteur)
    assert entetes(client, adresse("conventions:document", monde)) == SURE


@pytest.mark.parametrize(
    ("nom", "entete"),
    [
        ("devis.pdf", 'attachment; filename="devis.pdf"'),
        ("Été – n° 2.pdf", "attachment; filename*=utf-8''%C3%89t%C3%A9%20%E2%80%93%20n%C2%B0%202.pdf"),
        ('a"; filename="b.exe".pdf', r'attachment; filename="a\"; filename=\"b.exe\".pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="a Set-Cookie: x=1.pdf"'),
        ("..\\..\\fact\u202efdp.pdf", 'attachment; filename="factfdp.pdf"'),
    ],
)
def test_nom_d_un_fichier_servi_ne_sort_pas_de_son_entete(nom: str, entete: str) -> None:
    monde = Monde(nombre=8)
    piece = joindre(dossier=monde.dossier, code="P1", nom=nom, fichier=io.BytesIO(pdf()), par=monde.porteur)
    client = ouvrir_session(Client(), monde.porteur)
    reponse = client.get(reverse("dossiers:telecharger", args=[monde.dossier.pk, piece.pk]))
    assert (lire(reponse), reponse["Content-Disposition"]) == (pdf(), entete)
    assert "Set-Cookie" not in reponse.headers


def test_fichier_retire_avant_le_depot_reste_au_porteur() -> None:
    monde = Monde()
    ancien = joindre(
        dossier=monde.dossier, code="P1", nom="vieux.pdf", fichier=io.BytesIO(pdf("vieux")), par=monde.porteur
    )
    retirer(piece=ancien, par=monde.porteur)
    monde.deposer()
    chemin = reverse("dossiers:telecharger", args=[monde.dossier.pk, ancien.pk])
    assert entetes(ouvrir_session(Client(), monde.porteur), chemin) == SURE
    assert ouvrir_session(Client(), monde.instructeur).get(chemin).status_code == 404
    garde = monde.dossier.pieces.filter(retiree_le__isnull=True)[0]
    lisible = reverse("dossiers:telecharger", args=[monde.dossier.pk, garde.pk])
    assert entetes(ouvrir_session(Client(), monde.instructeur), lisible) == SURE
