"""The page behind the permanent link."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financement.actions.simulation import enregistrer
from financement.models import Simulation

HTML_MAX = 100_000  # bytes
REQUETES = 4


def test_verdict_guichet_et_montant_se_lisent(client: Client, simulation: Simulation) -> None:
    page = client.get(f"/simuler/{simulation.cle}/").content.decode()
    titre = re.search(r'id="titre-verdict">.*?</span>\s*(.*?)</h2>', page, re.DOTALL)
    assert titre is not None
    assert titre[1].strip() == "Éligible"
    assert "Guichet régional, Occitanie" in page
    assert '<p class="simu-total">315\u202f000\u00a0€</p>' in page
    assert simulation.entree["essms"][0]["finess_et"] in page
    assert page.count("art.\u00a04.4.1.1") >= 15


def test_projet_bloque_dit_quoi_changer(client: Client, simuler: Any) -> None:
    page = client.get(f"/simuler/{simuler(3).cle}/").content.decode()
    assert "Non éligible en l’état" in page
    assert "Pour débloquer ce projet" in page
    assert page.index("Ce qui bloque") < page.index("<strong>Conforme</strong>")
    assert "63\u202f000\u00a0€" in page  # what the porteur loses is shown all the same


@pytest.mark.parametrize("nombre", [1, 3, 50])
def test_requetes_en_nombre_constant_et_page_legere(
    client: Client, simuler: Any, django_assert_num_queries: DjangoAssertNumQueries, nombre: int
) -> None:
    simulation = simuler(nombre)
    with django_assert_num_queries(REQUETES):
        reponse = client.get(f"/simuler/{simulation.cle}/")
    assert len(reponse.content) < HTML_MAX


def test_lignes_paginees_par_cinquante(client: Client, simuler: Any) -> None:
    adresse = f"/simuler/{simuler(50).cle}/"
    premiere, seconde = (client.get(adresse, {"page": n}).content.decode() for n in (1, 2))
    assert "100 lignes" in premiere
    assert "1 à 50" in premiere
    assert "51 à 100" in seconde
    assert client.get(adresse, {"page": "zut"}).status_code == 200


@pytest.mark.parametrize("cle", ["0" * 20, "zz", "0" * 19])
def test_simulation_inconnue_404(client: Client, db: None, cle: str) -> None:
    assert client.get(f"/simuler/{cle}/").status_code == 404


def test_edition_retiree_404(client: Client, simulation: Simulation) -> None:
    retiree = Simulation.objects.create(cle="a" * 20, entree={**simulation.entree, "aap": "mars-2040"})
    assert client.get(f"/simuler/{retiree.cle}/").status_code == 404


def test_lien_permanent_ne_contient_aucune_donnee(client: Client, simulation: Simulation) -> None:
    reponse = client.post(f"/simuler/{simulation.cle}/garder/", follow=True)
    assert re.fullmatch(r"/simuler/[0-9a-f]{20}/", reponse.redirect_chain[0][0])
    assert Simulation.objects.get(pk=simulation.pk).gardee_le is not None
    assert f"http://testserver/simuler/{simulation.cle}/" in reponse.content.decode()


def test_garder_par_get_refuse(client: Client, simulation: Simulation) -> None:
    assert client.get(f"/simuler/{simulation.cle}/garder/").status_code == 405


def test_texte_du_porteur_echappe(client: Client, simuler: Any) -> None:
    simulation = simuler(3, solution={"nom": "<script>alert(1)</script>", "referencee_segur": True})
    for page in ("", "projet/", "et-si/"):
        assert "<script>alert" not in client.get(f"/simuler/{simulation.cle}/{page}").content.decode()


def test_controle_essms_par_essms(client: Client, simuler: Any, entite: Any) -> None:
    simulation = simuler(3)
    essms = [{**e, "autre_aide_europeenne": True} for e in simulation.entree["essms"]]
    aidee = simuler(3, essms=essms)
    page = client.get(f"/simuler/{aidee.cle}/controles/E7/bloquant/").content.decode()
    assert page.count("Résidence") >= 3
    assert client.get(f"/simuler/{aidee.cle}/controles/E7/conforme/").status_code == 404


def test_amoa_et_materiel_refuses_sont_expliques(client: Client, simuler: Any) -> None:
    simulation = simuler(8)
    entree = {
        **simulation.entree,
        "amoa": {"pilotage": True},
        "essms": [{**essms, "materiel": {}} for essms in simulation.entree["essms"]],
    }
    page = client.get(f"/simuler/{enregistrer(entree=entree, par=None).cle}/").content.decode()
    assert "Demandé, non accordé" in page
    assert page.count("Matériel refusé à ") == 5
    assert "Et 3 autres, dans le classeur XLSX." in page
    assert "AMOA «\u00a0pilotage\u00a0» refusée" in page


def test_rien_de_refuse_rien_a_expliquer(client: Client, simulation: Simulation) -> None:
    assert "Demandé, non accordé" not in client.get(f"/simuler/{simulation.cle}/").content.decode()
