"""Solution, help to the project owner, porteur, filing; and the organisms."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financement.models import Simulation
from grappes.models import EntiteJuridique
from tests import fabriques

PROJET = {"solution_nom": "Logiciel A", "referencee_segur": "oui"}


def derniere(reponse: Any) -> dict[str, Any]:
    assert reponse.status_code == 302, reponse.content.decode()
    return Simulation.objects.get(pk=reponse["Location"].split("/")[2]).entree


def test_projet_enregistre_dans_les_termes_du_contrat(client: Client, simulation: Simulation) -> None:
    envoi = {
        **PROJET,
        "referencee_segur": "non",
        "candidate_segur": "on",
        "devis_ht": "10 800",
        "amoa_pilotage": "on",
        "amoa_devis_ttc": "12 000,50",
        "tva_recuperee": "on",
        "depose_le": "2025-05-02",
        "region_pivot": "76",
        "rejoint_convention": "OCC-2023-12",
        "rejoint_conforme_marche": "on",
    }
    entree = derniere(client.post(f"/simuler/{simulation.cle}/projet/", envoi))
    assert entree["solution"] == {
        "nom": "Logiciel A",
        "referencee_segur": False,
        "candidate_segur": True,
        "devis_ht": "10800.00",
    }
    assert entree["amoa"] == {"pilotage": True, "devis_ttc": "12000.50"}
    assert entree["porteur"]["tva_recuperee"] is True
    assert entree["depose_le"] == "2025-05-02T12:00:00+02:00"
    assert entree["rejoint"] == {"convention": "OCC-2023-12", "conforme_marche": True, "sans_risque": False}


def test_formulaire_relu_tel_qu_enregistre(client: Client, simulation: Simulation) -> None:
    envoi = {**PROJET, "amoa_pilotage": "on", "depose_le": "2025-05-02", "devis_ht": "10800,5"}
    adresse = client.post(f"/simuler/{simulation.cle}/projet/", envoi)["Location"]
    page = client.get(f"{adresse}projet/").content.decode()
    for valeur in ('value="Logiciel A"', 'value="2025-05-02"', 'value="10800,50"'):
        assert valeur in page
    assert client.post(f"{adresse}projet/", envoi)["Location"] == adresse  # same answers, same link


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"solution_nom": "x" * 121}, "120"),
        ({"devis_ht": "-1"}, "négatif"),
        ({"depose_le": "hier"}, "Saisissez une date valide"),
        ({"depose_le": "3000-01-01"}, "date"),
        ({"region_pivot": "99"}, "Sélectionnez un choix valide"),
        ({"rejoint_sans_risque": "on"}, "Indiquez le numéro de la convention"),
        ({"solution_nom": "a\u202eb"}, "caractère de contrôle"),
    ],
)
def test_projet_refuse_en_francais(
    client: Client, simulation: Simulation, champs: dict[str, str], phrase: str
) -> None:
    reponse = client.post(f"/simuler/{simulation.cle}/projet/", {**PROJET, **champs})
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()
    assert Simulation.objects.count() == 1


def test_champs_propres_a_une_edition(client: Client, entite: EntiteJuridique) -> None:
    antilles = fabriques.organisme(1, "01")
    gua = fabriques.simulation(fabriques.entree(antilles, 8, fabriques.GUADELOUPE))
    occ = fabriques.simulation(fabriques.entree(entite, 8))
    pages = {s: client.get(f"/simuler/{s.cle}/projet/").content.decode() for s in (gua, occ)}
    assert ["amoa_marche" in pages[gua], "rejoint_convention" in pages[gua]] == [True, False]
    assert ["amoa_marche" in pages[occ], "rejoint_convention" in pages[occ]] == [False, True]


def test_organismes_corriges_et_porteur_choisi(client: Client, simuler: Any, entite: EntiteJuridique) -> None:
    autre = fabriques.organisme(2)
    etablissement = fabriques.etablissement(autre, 50).finess_et
    simulation = simuler(3)
    essms = [*simulation.entree["essms"], {"finess_et": etablissement, "operation": "acquisition"}]
    deux = simuler(3, essms=essms)
    envoi = {
        "porteur": autre.finess_ej,
        f"essms_geres_{entite.finess_ej}": "12",
        f"region_{entite.finess_ej}": "76",
        f"entite_nationale_{autre.finess_ej}": "on",
    }
    entree = derniere(client.post(f"/simuler/{deux.cle}/organismes/", envoi))
    assert entree["porteur"]["finess_ej"] == autre.finess_ej
    assert entree["organismes"] == sorted(
        [
            {"finess_ej": entite.finess_ej, "region": "76", "essms_geres": 12},
            {"finess_ej": autre.finess_ej, "entite_nationale": True},
        ],
        key=lambda o: o["finess_ej"],
    )


def test_porteur_etranger_au_projet_ignore(client: Client, simulation: Simulation) -> None:
    entree = derniere(client.post(f"/simuler/{simulation.cle}/organismes/", {"porteur": "310000104"}))
    assert entree["porteur"] == simulation.entree["porteur"]


@pytest.mark.parametrize("valeur", ["0", "-3", "abc", "100000"])
def test_nombre_d_essms_geres_refuse(client: Client, simulation: Simulation, valeur: str) -> None:
    ej = simulation.entree["porteur"]["finess_ej"]
    reponse = client.post(
        f"/simuler/{simulation.cle}/organismes/", {"porteur": ej, f"essms_geres_{ej}": valeur}
    )
    assert reponse.status_code == 200
    assert "fr-error-text" in reponse.content.decode()


@pytest.mark.parametrize("nombre", [1, 3])
@pytest.mark.parametrize("partie", ["organismes/", "projet/", "et-si/"])
def test_pages_requetes_constantes(
    client: Client, simuler: Any, django_assert_num_queries: DjangoAssertNumQueries, nombre: int, partie: str
) -> None:
    numeros = [
        fabriques.etablissement(fabriques.organisme(rang), 50).finess_et for rang in range(1, nombre + 1)
    ]
    essms = [{"finess_et": numero, "operation": "acquisition"} for numero in numeros]
    simulation = simuler(
        1, essms=essms, organismes=[], porteur={"finess_ej": fabriques.organisme(1).finess_ej}
    )
    with django_assert_num_queries({"organismes/": 5, "projet/": 4, "et-si/": 4}[partie]):
        assert client.get(f"/simuler/{simulation.cle}/{partie}").status_code == 200


def test_siege_demande_seulement_quand_le_referentiel_l_ignore(
    client: Client, entite: EntiteJuridique, simuler: Any
) -> None:
    ej = entite.finess_ej
    connue = simuler(1, organismes=[], porteur={"finess_ej": ej})
    assert f"region_{ej}" not in client.get(f"/simuler/{connue.cle}/organismes/").content.decode()
    EntiteJuridique.objects.filter(pk=ej).update(region="")
    assert f"region_{ej}" in client.get(f"/simuler/{connue.cle}/organismes/").content.decode()
    envoi = {"porteur": ej, f"region_{ej}": "94"}
    entree = derniere(client.post(f"/simuler/{connue.cle}/organismes/", envoi))
    assert entree["organismes"] == [{"finess_ej": ej, "region": "94"}]
