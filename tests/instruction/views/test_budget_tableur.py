"""The spreadsheet of a budget by the screen: replaces the expenses only, refused without a trace."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from esms.socle.tableurs import lire
from instruction.documents.budget_tableur import ecrire_depenses
from instruction.regles.candidature.budget import Depense
from tests.fabriques import Monde

pytestmark = pytest.mark.django_db
FICHIER = ecrire_depenses([Depense(1, "rh", "Équipe", Decimal("10.00"), Decimal("12.00"))])


@pytest.fixture
def monde() -> Monde:
    return Monde()


def envoyer(monde: Monde, octets: bytes, nom: str = "budget.xlsx", version: int = 0) -> tuple[int, str]:
    client = Client()
    client.force_login(monde.porteur)
    corps = {"fichier": SimpleUploadedFile(nom, octets), "version": version}
    reponse = client.post(reverse("dossiers:budget_tableur", args=[monde.dossier.pk]), corps, follow=True)
    return reponse.status_code, reponse.content.decode()


def test_fichier_remplace_les_depenses_et_garde_les_ressources(monde: Monde) -> None:
    monde.ecrire("budget", {"ressources": {"emprunt": "5.00"}, "depenses": []})
    statut, page = envoyer(monde, FICHIER, version=1)
    assert statut == 200
    assert "1 dépense reprise du tableau" in page
    assert monde.section("budget").contenu == {
        "ressources": {"emprunt": "5.00"},
        "depenses": [{"nature": "rh", "libelle": "Équipe", "ht": "10.00", "ttc": "12.00"}],
    }


@pytest.mark.parametrize(
    ("nom", "octets"),
    [
        ("budget.xlsx", b"du texte"),
        ("budget.xlsx", b""),
        ("budget.exe", b"MZ"),
        ("budget.csv", b"a;b\n1;2\n"),
    ],
)
def test_fichier_hostile_est_refuse_et_rien_n_est_ecrit(monde: Monde, nom: str, octets: bytes) -> None:
    statut, page = envoyer(monde, octets, nom)
    assert statut == 200
    assert "Rien n’est remplacé." in page
    assert monde.section("budget").version == 0


def test_fichier_sur_une_version_depassee_donne_409(monde: Monde) -> None:
    monde.ecrire("budget", {"ressources": {}, "depenses": []})
    statut, page = envoyer(monde, FICHIER, version=0)
    assert statut == 409
    assert "rien n’est remplacé" in page


def test_telechargement_est_une_piece_jointe_relisible(monde: Monde) -> None:
    client = Client()
    client.force_login(monde.porteur)
    reponse = client.get(reverse("dossiers:budget_tableur", args=[monde.dossier.pk]))
    assert reponse["Content-Disposition"] == 'attachment; filename="budget.xlsx"'
    assert lire("budget.xlsx", reponse.content)[0].cellules[:2] == ("Nature", "Libellé")
