"""The public API of the simulator: the contract to the letter, and clean refusals."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from esms.aap import editions
from financement.api import Simulations
from financement.models import Simulation
from financement.simulation import simuler
from grappes.requetes import ReferentielFiness
from tests import fabriques
from tests.moteur import CAS

ADRESSE = "/api/v1/simulations/"
REQUETES = 7  # six for the throttle, one for the register
UN = {"aap": "occitanie-2025", "essms": [{"finess_et": "310000104", "operation": "acquisition"}]}


def envoyer(client: Client, corps: Any, **options: Any) -> Any:
    brut = corps if isinstance(corps, bytes | str) else json.dumps(corps)
    return client.post(ADRESSE, brut, content_type=options.pop("content_type", "application/json"), **options)


def cas_publics() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    noms = ("entrees.jsonl", "attendus.jsonl")
    if not all((CAS / nom).exists() for nom in noms):
        return []
    lignes = [[json.loads(ligne) for ligne in Path(CAS / nom).read_text().splitlines()] for nom in noms]
    return list(zip(*lignes, strict=True))


@pytest.mark.django_db
@pytest.mark.skipif(not CAS.exists(), reason="les cas publics ne sont pas sur cette machine")
def test_soixante_cas_publics_exacts_au_centime(client: Client) -> None:
    ecarts = []
    for rang, (entree, attendu) in enumerate(cas_publics()):
        rendu = envoyer(client, entree).json()
        controles = {(c["regle"], c["verdict"]) for c in rendu["controles"]}
        obtenu = {
            "total": rendu["synthese"]["total"],
            "sous_totaux": rendu["sous_totaux"],
            "versements": [v["montant"] for v in rendu["versements"]],
            "guichet": {cle: rendu["guichet"][cle] for cle in ("niveau", "region", "deposable")},
            "typologie": rendu["synthese"]["typologie"],
            "nombre_essms": rendu["synthese"]["nombre_essms"],
            "verdicts": {r: v for r, v in attendu["verdicts"].items() if (r, v) in controles},
        }
        if obtenu != attendu:
            ecarts.append((rang, obtenu, attendu))
    assert ecarts == []


@pytest.mark.django_db
def test_ecran_et_api_rendent_le_meme_json(client: Client) -> None:
    entree = fabriques.simulation().entree
    assert envoyer(client, entree).json() == simuler(entree, ReferentielFiness()).en_json()


@pytest.mark.django_db
@pytest.mark.parametrize("entete", [b"", b"\xef\xbb\xbf"], ids=["sans", "avec marque d’ordre"])
def test_commande_et_api_rendent_les_memes_octets(
    client: Client, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], entete: bytes
) -> None:
    fichier = tmp_path / "projet.json"
    fichier.write_bytes(entete + json.dumps(fabriques.simulation().entree).encode())
    call_command("simuler", str(fichier))
    assert capsysbinary.readouterr().out == envoyer(client, fichier.read_bytes()).content + b"\n"


@pytest.mark.django_db
def test_api_n_enregistre_rien(client: Client) -> None:
    assert envoyer(client, UN).status_code == 200
    assert Simulation.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("nombre", [1, 3])
def test_simulation_requetes_constantes(
    client: Client, nombre: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entree = fabriques.entree(fabriques.organisme(), nombre)
    envoyer(client, UN)  # the throttle's first row is written
    with django_assert_num_queries(REQUETES):
        envoyer(client, entree)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("corps", "erreurs"),
    [
        ({}, {"aap": ["Ce champ est obligatoire."], "essms": ["Ce champ est obligatoire."]}),
        ([], {"entree": ["Un objet JSON est attendu."]}),
        ({**UN, "couleur": 1}, {"couleur": ["Champ inconnu."]}),
        (
            {**UN, "essms": [{"finess_et": "310000105", "operation": "acquisition"}]},
            {
                "essms.0.finess_et": [
                    (
                        "La clé du numéro FINESS «\u00a0310000105\u00a0» est fausse\u202f: "
                        "un chiffre a été mal saisi."
                    )
                ]
            },
        ),
    ],
)
def test_erreurs_par_champ(client: Client, corps: Any, erreurs: dict[str, list[str]]) -> None:
    reponse = envoyer(client, corps)
    assert reponse.status_code == 400
    rendues = reponse.json()
    assert {champ: rendues.get(champ) for champ in erreurs} == erreurs


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("corps", "statut", "detail"),
    [
        (b"{", 400, "Ce n’est pas du JSON lisible (ligne 1, colonne 2)."),
        (b"\xff\xfe", 400, "Ce n’est pas du texte en UTF-8."),
        (b"NaN", 400, "NaN n’est pas un nombre du format JSON."),
        (b"1" * 5000, 400, "Ce JSON contient un nombre démesuré."),
        (b"[" * 200_000, 400, "Ce JSON est trop imbriqué."),
        (b'{"aap": 1, "aap": 2}', 400, "Un même champ est donné deux fois dans un objet."),
        (b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), 413, "Le corps de la demande dépasse 4\u00a0Mo."),
    ],
    ids=["tronqué", "octets", "NaN", "entier", "profond", "double", "gros"],
)
def test_corps_illisible_refuse_en_francais(client: Client, corps: bytes, statut: int, detail: str) -> None:
    reponse = envoyer(client, corps)
    assert (reponse.status_code, reponse.json()) == (statut, {"detail": detail})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "corps", ['{"\\ud800": 1}', '{"aap": "\\ud800", "essms": []}', '{"aap": 1e9999}', '{"aap": "\\u0000"}']
)
def test_texte_impossible_refuse_sans_erreur_du_serveur(client: Client, corps: str) -> None:
    assert envoyer(client, corps).status_code == 400


@pytest.mark.django_db
def test_autre_type_de_corps_refuse(client: Client) -> None:
    assert envoyer(client, "aap=1", content_type="application/x-www-form-urlencoded").status_code == 415
    assert client.get(ADRESSE).status_code == 405


@pytest.mark.django_db
def test_5001_essms_refuses(client: Client) -> None:
    essms = [{"finess_et": "310000104", "operation": "acquisition"}] * 5001
    reponse = envoyer(client, {**UN, "essms": essms})
    assert (reponse.status_code, list(reponse.json())) == (400, ["essms"])


@pytest.mark.django_db
def test_debit_limite_par_adresse(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    debit = Simulations.throttle_classes[0]
    monkeypatch.setattr(debit, "THROTTLE_RATES", {"simulations": "2/min", "lecture": "2/min"})
    statuts = [envoyer(client, UN).status_code for _ in range(3)]
    refus = envoyer(client, UN)
    assert statuts == [200, 200, 429]
    assert refus.json()["detail"].startswith("Trop de demandes, réessayez dans ")
    assert envoyer(client, UN, REMOTE_ADDR="10.0.0.9").status_code == 200


@pytest.mark.django_db
def test_liste_des_editions(client: Client) -> None:
    rendues = client.get("/api/v1/aap/").json()
    assert [e["aap"] for e in rendues] == [edition.slug for edition in editions()]
    occitanie = next(e for e in rendues if e["aap"] == "occitanie-2025")
    assert occitanie["depot"] == {"ouvre": "2025-04-22", "ferme": "2025-06-13"}
    assert {"regle": "F1", "titre": "Usages, acquisition", "articles": ["4.4.1.1"]} in occitanie["regles"]
    assert len(occitanie["version_regles"]) == 64
