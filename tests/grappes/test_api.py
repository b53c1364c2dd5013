import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from grappes.actions.importer_finess import importer_finess
from tests.grappes.fichiers_finess import EJ_A, EJ_B, cellules_et, cle_fausse, csv_et, et, pas_un_numero

pytestmark = pytest.mark.django_db
ADRESSE = "/api/v1/etablissements/"


@pytest.fixture
def client(tmp_path):
    cache.clear()
    lignes = [
        cellules_et(et(1), rs="RÉSIDENCE DES CHÊNES"),
        cellules_et(et(2), nofinessej=EJ_B),
        cellules_et(et(3), rs="LES CHÊNES", categetab="999"),
    ]
    (tmp_path / "fichier").write_text(csv_et(lignes), encoding="utf-8")
    importer_finess(fichier=tmp_path / "fichier", par=None)
    return APIClient()


def lus(reponse):
    assert reponse.status_code == 200
    return [resultat["finess_et"] for resultat in reponse.json()["resultats"]]


def test_etablissement_en_json(client):
    reponse = client.get(ADRESSE, {"q": "residence chenes"})
    assert reponse.json() == {
        "page": 1,
        "suite": False,
        "resultats": [
            {
                "finess_et": et(1),
                "finess_ej": EJ_A,
                "organisme": "",
                "nom": "RÉSIDENCE DES CHÊNES",
                "nom_long": "",
                "code_postal": "31059",
                "commune": "TOULOUSE",
                "departement": "31",
                "region": "76",
                "ars": "ARS Occitanie",
                "categorie": "500",
                "categorie_libelle": "Etablissement d'hébergement pour personnes âgées dépendantes",
                "public": "PA",
                "saad": False,
                "l312_1": True,
                "ouvert_le": "2001-01-01",
                "ferme_le": None,
            }
        ],
    }


def test_criteres(client):
    assert lus(client.get(ADRESSE)) == sorted([et(1), et(2), et(3)])
    assert lus(client.get(ADRESSE, {"numero": f" {et(2)} "})) == [et(2)]
    assert lus(client.get(ADRESSE, {"finess_ej": EJ_A})) == sorted([et(1), et(3)])
    assert lus(client.get(ADRESSE, {"finess_ej": EJ_A, "q": "les"})) == [et(3)]
    assert lus(client.get(ADRESSE, {"q": "zzz"})) == []


def test_categorie_inconnue(client):
    resultat = client.get(ADRESSE, {"numero": et(3)}).json()["resultats"][0]
    assert [resultat[cle] for cle in ("categorie_libelle", "public", "saad", "l312_1")] == [None] * 4


def test_pages(client):
    premiere = client.get(ADRESSE, {"taille": 2})
    seconde = client.get(ADRESSE, {"taille": 2, "page": 2})
    assert (premiere.json()["suite"], seconde.json()["suite"]) == (True, False)
    assert lus(premiere) + lus(seconde) == sorted([et(1), et(2), et(3)])


@pytest.mark.parametrize(
    ("demande", "erreurs"),
    [
        (
            {"numero": "310781563"},
            {"numero": [cle_fausse("310781563")]},
        ),
        (
            {"finess_ej": "X"},
            {"finess_ej": [pas_un_numero("X")]},
        ),
        ({"q": "de"}, {"q": ["Tapez au moins 3 caractères, ou le début d’un numéro."]}),
        ({"q": "a\x00b"}, {"q": ["Le caractère nul n'est pas autorisé."]}),
        ({"page": "0"}, {"page": ["Assurez-vous que cette valeur est supérieure ou égale à\u00a01."]}),
        ({"taille": "101"}, {"taille": ["Assurez-vous que cette valeur est inférieure ou égale à 100."]}),
        ({"page": "deux"}, {"page": ["Un nombre entier valide est requis."]}),
    ],
)
def test_critere_refuse_par_champ(client, demande, erreurs):
    reponse = client.get(ADRESSE, demande)
    assert reponse.status_code == 400
    assert {champ: [m.replace("’", "'") for m in ms] for champ, ms in reponse.json().items()} == {
        champ: [m.replace("’", "'") for m in ms] for champ, ms in erreurs.items()
    }


def test_lecture_seule(client):
    assert client.post(ADRESSE, {}, format="json").status_code == 405


def test_memes_requetes_pour_une_et_trois_lignes(client, django_assert_max_num_queries):
    mesures = []
    for taille in (1, 3):
        client.get(ADRESSE, {"taille": taille})
        with django_assert_max_num_queries(8) as requetes:
            client.get(ADRESSE, {"taille": taille})
        mesures.append(len([r for r in requetes.captured_queries if "grappes_" in r["sql"]]))
    assert mesures == [2, 2]
