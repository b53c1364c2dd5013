"""Models of the pieces, and the declaration of hours certified on line (P5)."""

from typing import Any

import pytest
from django.test import Client

from esms.comptes.models import Role
from instruction.documents.modeles import MODELES
from instruction.etats import Etat
from tests.fabriques import GUADELOUPE, Monde, agent, entree, organisme, rattacher, utilisateur
from tests.instruction.views.test_pieces import adresse, entrer, jointes, lire, page_de

pytestmark = pytest.mark.django_db

HEURES = {"total": "8000.00", "apa": "4000.00", "pch": "1000.00", "dependance_autre": "1400.00"}


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def client(monde: Monde) -> Client:
    return entrer(monde.porteur)


def avec_saad(**heures: str) -> Monde:
    contenu = entree(organisme(), 15)
    contenu["essms"][0] |= {"saad": True, "public": "DOM", **({"heures": heures} if heures else {})}
    return Monde(contenu=contenu)


@pytest.mark.parametrize("code", ["P2.pdf", "P4.pdf", "P5.pdf", "P5.xlsx"])
def test_modele_se_telecharge_en_piece_jointe(code: str) -> None:
    monde = avec_saad(**HEURES)
    reponse = entrer(monde.porteur).get(adresse(monde, "modele", code))
    assert reponse.status_code == 200
    assert reponse["Content-Disposition"] == f'attachment; filename="{MODELES[code].nom}"'
    assert reponse["Content-Type"] == MODELES[code].nature
    assert reponse["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("code", ["P8.pdf", "P9a.xlsx", "P1", "P4", "x", "P5.pdf"])
def test_modele_d_une_piece_non_demandee_est_introuvable(monde: Monde, client: Client, code: str) -> None:
    assert client.get(adresse(monde, "modele", code)).status_code == 404


def test_modele_n_est_ni_pour_un_autre_organisme_ni_apres_le_depot(monde: Monde, client: Client) -> None:
    assert entrer(agent(Role.INSTRUCTEUR)).get(adresse(monde, "modele", "P4.pdf")).status_code == 404
    monde.amener(Etat.DEPOSE)
    assert client.get(adresse(monde, "modele", "P4.pdf")).status_code == 409


def test_modeles_de_la_guadeloupe_citent_ses_articles() -> None:
    monde = Monde(GUADELOUPE, nombre=8)
    client = entrer(monde.porteur)
    page = page_de(client.get(adresse(monde, "pieces")))
    assert ["P4.pdf/" in page, "P5.pdf/" in page] == [True, False]
    assert client.get(adresse(monde, "modele", "P2.pdf")).status_code == 404  # no P2 in this edition


# --- P5 certified on line -----------------------------------------------------------------------------------


def certifier(client: Client, monde: Monde, **corps: str) -> Any:
    return client.post(adresse(monde, "certifier_heures"), corps)


def test_p5_certifiee_en_ligne_compte_comme_piece() -> None:
    monde = avec_saad(**HEURES)
    client = entrer(monde.porteur)
    assert "Je certifie l’exactitude de ces heures" in page_de(client.get(adresse(monde, "pieces")))
    for _ in range(2):  # a double click has one effect
        assert certifier(client, monde, exactes="oui").status_code == 302
    piece = monde.dossier.pieces.get()
    assert (piece.code, piece.extension, len(piece.source)) == ("P5", "pdf", 64)
    assert lire(client.get(adresse(monde, "telecharger", piece.pk))).startswith(b"%PDF-")


def test_p5_sans_la_case_n_est_pas_certifiee() -> None:
    monde = avec_saad(**HEURES)
    reponse = certifier(entrer(monde.porteur), monde)
    assert reponse.status_code == 400
    assert "P5 : Cochez la case pour certifier les heures." in page_de(reponse)
    assert jointes(monde) == []


def test_p5_d_heures_changees_ne_compte_plus_et_se_remplace() -> None:
    monde = avec_saad(**HEURES)
    client = entrer(monde.porteur)
    certifier(client, monde, exactes="oui")
    saad = monde.dossier.grappe.essms.get(reponses__saad=True)
    saad.reponses["heures"]["apa"] = "3000.00"
    saad.save()
    page = page_de(client.get(adresse(monde, "pieces")))
    assert "Heures modifiées depuis : ne compte plus" in page
    assert certifier(client, monde, exactes="oui").status_code == 302
    assert monde.dossier.pieces.filter(retiree_le__isnull=True).count() == 1
    assert monde.dossier.pieces.count() == 2


@pytest.mark.parametrize("heures", [{}, {"total": "8000.00", "apa": "1000.00"}])
def test_p5_incomplete_ne_se_certifie_pas(heures: dict[str, str]) -> None:
    monde = avec_saad(**heures)
    client = entrer(monde.porteur)
    assert "Pour générer la déclaration, complétez les heures" in page_de(
        client.get(adresse(monde, "pieces"))
    )
    assert certifier(client, monde, exactes="oui").status_code in {302, 422}
    assert jointes(monde) == []


def test_p5_ne_se_certifie_pas_par_un_redacteur() -> None:
    monde = avec_saad(**HEURES)
    redacteur = entrer(rattacher(utilisateur("Rémi"), Role.REDACTEUR, organisme=monde.entite.finess_ej))
    assert "Je certifie" not in page_de(redacteur.get(adresse(monde, "pieces")))
    assert certifier(redacteur, monde, exactes="oui").status_code == 403
    assert jointes(monde) == []
