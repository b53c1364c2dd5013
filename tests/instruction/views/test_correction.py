"""The answer to a request for complements, on screen: type again, write, join, send; then read by the ARS."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from instruction.etats import Etat
from tests.fabriques import Monde
from tests.instruction.actions.test_correction import demander, element
from tests.instruction.views.test_pieces import adresse, entrer, page_de

pytestmark = pytest.mark.django_db
JALONS = {
    "jalon_demarrage": "2026-01-05",
    "jalon_va": "2026-06-01",
    "jalon_vsr": "2026-09-01",
    "jalon_cibles": "2027-04-30",
    "lignes-etapes": "0",
}


@pytest.fixture
def monde() -> Monde:
    monde = Monde()
    monde.amener(Etat.RECEVABILITE)
    return demander(monde, "P2", "P4")


@pytest.fixture
def client(monde: Monde) -> Client:
    return entrer(monde.porteur)


def test_corriger_produire_envoyer_puis_l_ars_lit_ce_qui_change(monde: Monde, client: Client) -> None:
    page = page_de(client.get(adresse(monde, "complements")))
    assert ("Corriger : Planning</a>, tel que déposé" in page, "Produire et joindre" in page) == (True, True)
    ecran = adresse(monde, "corriger_complement", "planning")
    page = page_de(client.get(ecran))
    assert ("data-brouillon" in page, "Tel que déposé." in page) == (False, True)
    assert client.post(ecran, {**JALONS, "version": "0"})["Location"] == adresse(monde, "complements")
    client.post(adresse(monde, "produire_complement", str(element(monde, "P2").pk)))
    page = page_de(client.get(adresse(monde, "complements")))
    assert "Produit par le portail (empreinte " in page
    assert "Corriger : Planning</a>, corrigé par Paule Porteur le" in page
    client.post(ecran, {**JALONS, "jalon_va": "2026-06-02", "version": "1"})
    assert "Corrigé depuis : à produire de nouveau" in page_de(client.get(adresse(monde, "complements")))
    client.post(adresse(monde, "produire_complement", str(element(monde, "P2").pk)))
    lettre = client.get(adresse(monde, "modele_complement", str(element(monde, "P4").pk), "P4.pdf"))
    assert lettre.headers["Content-Disposition"] == 'attachment; filename="P4-lettre-d-engagement.pdf"'
    joindre = adresse(monde, "joindre_complement", str(element(monde, "P4").pk))
    client.post(joindre, {"fichier": SimpleUploadedFile("signee.pdf", lettre.content)})
    client.post(adresse(monde, "complements"), {"envoyer": "1"})
    assert monde.relire().etat == Etat.RECEVABILITE
    lue = page_de(entrer(monde.instructeur).get(adresse(monde, "complements")))
    assert ("Saisie corrigée pour cette réponse" in lue, "<strong>Planning</strong>" in lue) == (True, True)
    assert 'class="fr-sr-only">[ajouté' in lue


def test_deux_corrections_a_la_fois_la_seconde_garde_sa_saisie(monde: Monde, client: Client) -> None:
    ecran = adresse(monde, "corriger_complement", "planning")
    client.post(ecran, {**JALONS, "version": "0"})
    reponse = client.post(ecran, {**JALONS, "jalon_cibles": "2027-05-31", "version": "0"})
    page = page_de(reponse)
    assert (reponse.status_code, 'value="2027-05-31"' in page, 'name="version" value="1"' in page) == (
        409,
        True,
        True,
    )
    assert "Cette correction a changé pendant votre saisie" in page
    assert client.post(ecran, {**JALONS, "jalon_cibles": "2027-05-31", "version": "1"}).status_code == 302


def test_ce_qui_n_est_pas_demande_est_introuvable(monde: Monde, client: Client) -> None:
    assert client.get(adresse(monde, "corriger_complement", "contacts")).status_code == 404
    assert client.get(adresse(monde, "corriger_complement", "grappe")).status_code == 404
    numero = str(element(monde, "P4").pk)
    assert client.post(adresse(monde, "produire_complement", numero)).status_code == 404
    assert client.get(adresse(monde, "modele_complement", numero, "P2.pdf")).status_code == 404
    sans_case = client.post(adresse(monde, "certifier_heures_complement", numero), follow=True)
    assert "Cochez la case pour certifier les heures." in page_de(sans_case)
