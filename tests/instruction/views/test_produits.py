"""The page of the pieces: one button for what the portal can write, and why a file is needed for the rest."""

import pytest
from django.test import Client

from tests.fabriques import Monde
from tests.instruction.actions.test_produits import JALONS, en_place, rempli
from tests.instruction.views.test_pieces import adresse, entrer, page_de

pytestmark = pytest.mark.django_db
BOUTON = "Joindre le document produit depuis votre saisie"


@pytest.fixture
def monde() -> Monde:
    return rempli("planning", "budget")


@pytest.fixture
def client(monde: Monde) -> Client:
    return entrer(monde.porteur)


def test_page_propose_ce_qui_peut_etre_produit_et_dit_quoi_finir(monde: Monde, client: Client) -> None:
    page = page_de(client.get(adresse(monde, "pieces")))
    assert page.count(BOUTON) == 2
    assert "Joindre les 2 documents produits depuis votre saisie" in page
    suite = page.partition("Pour le joindre sans rien redire, complétez d’abord : ")[2]
    assert suite.startswith(f'<a href="{adresse(monde, "section", "porteur")}">Porteur</a>, <a href=')


def test_un_bouton_joint_le_document_puis_dit_qu_il_est_a_jour(monde: Monde, client: Client) -> None:
    reponse = client.post(adresse(monde, "produire", "P2"))
    assert (reponse.status_code, reponse["Location"]) == (302, adresse(monde, "pieces"))
    page = page_de(client.get(reponse["Location"]))
    assert "« P2-planning.pdf » est produit depuis votre saisie, et joint." in page
    assert "Produit par le portail depuis la saisie" in page
    assert page.count(BOUTON) == 1


def test_un_bouton_joint_tous_les_documents_possibles(monde: Monde, client: Client) -> None:
    page = page_de(client.post(adresse(monde, "produire_tout"), follow=True))
    assert "et joints : P2-planning.pdf, P3-plan-de-financement.pdf." in page
    assert en_place(monde) == ["P2", "P3"]


def test_saisie_changee_la_page_demande_de_regenerer(monde: Monde, client: Client) -> None:
    client.post(adresse(monde, "produire", "P2"))
    monde.ecrire("planning", {"jalons": JALONS, "etapes": [{"libelle": "Formation"}]})
    page = page_de(client.get(adresse(monde, "pieces")))
    assert "À régénérer, saisie modifiée depuis : ne compte plus" in page
    assert ">À régénérer</span>" in page
    assert "Étape n° 1 (« Formation ») : ses dates de début et de fin sont attendues." in page_de(
        client.post(adresse(monde, "produire", "P2"))
    )


def test_produire_une_piece_que_le_portail_n_ecrit_pas_est_introuvable(monde: Monde, client: Client) -> None:
    for code in ("P4", "P9a", "P10", "x"):
        assert client.post(adresse(monde, "produire", code)).status_code == 404


def test_produire_par_un_get_est_refuse(monde: Monde, client: Client) -> None:
    assert client.get(adresse(monde, "produire", "P2")).status_code == 405
    assert en_place(monde) == []


def test_chaque_piece_dit_d_ou_elle_vient_ou_pourquoi_un_fichier(monde: Monde, client: Client) -> None:
    page = page_de(client.get(adresse(monde, "pieces")))
    for phrase in (
        "Le portail produit ce document depuis votre saisie.",
        "À signer : téléchargez la lettre préremplie, faites-la signer par le représentant légal",
        "Un fichier est nécessaire : joignez le résultat que rend l’outil d’autodiagnostic",
    ):
        assert phrase in page, phrase
