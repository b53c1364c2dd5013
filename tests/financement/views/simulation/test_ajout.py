"""Adding ESSMS to a project: search, whole organism, numbers."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financement.models import Simulation
from grappes.models import EntiteJuridique, Etablissement
from tests import fabriques


@pytest.fixture
def cherchables(entite: EntiteJuridique) -> EntiteJuridique:
    """The search text of the register is written by the import: here, by hand."""
    for rang in range(1, 4):
        fabriques.etablissement(entite, rang)
    for fiche in Etablissement.objects.order_by("pk"):
        texte = f" {fiche.finess_et} {fiche.nom} toulouse {entite.finess_ej} "
        Etablissement.objects.filter(pk=fiche.pk).update(recherche=texte.lower().replace("é", "e"))
    return entite


@pytest.fixture
def vide(db: None) -> Simulation:
    return fabriques.simulation({"aap": "occitanie-2025", "essms": []})


def test_recherche_montre_les_essms_et_leur_organisme(
    client: Client, cherchables: EntiteJuridique, vide: Simulation
) -> None:
    page = client.get(f"/simuler/{vide.cle}/essms/ajouter/", {"q": "residence"}).content.decode()
    assert page.count('name="numeros" value=') == 3
    assert f'name="organisme" value="{cherchables.finess_ej}"' in page
    assert "Ajouter ses 3 ESSMS" in page


def test_recherche_par_htmx_rend_le_fragment(
    client: Client, cherchables: EntiteJuridique, vide: Simulation
) -> None:
    reponse = client.get(
        f"/simuler/{vide.cle}/essms/ajouter/", {"q": "residence"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in reponse.content.decode()


@pytest.mark.parametrize("entete", [{}, {"HX-Request": "true"}])
def test_recherche_trop_courte_dit_combien_taper(
    client: Client, vide: Simulation, entete: dict[str, str]
) -> None:
    page = client.get(f"/simuler/{vide.cle}/essms/ajouter/", {"q": "de"}, headers=entete).content.decode()
    assert "<p>Tapez au moins 3 caractères, ou le début d’un numéro.</p>" in page
    assert "Aucun établissement" not in page


@pytest.mark.parametrize("q", ["zzzz", "' OR 1=1 --", "%", "\x00", "é" * 5000])
def test_recherche_sans_resultat_le_dit(client: Client, vide: Simulation, q: str) -> None:
    reponse = client.get(f"/simuler/{vide.cle}/essms/ajouter/", {"q": q})
    assert reponse.status_code == 200


def test_tous_les_essms_d_un_organisme(
    client: Client, cherchables: EntiteJuridique, vide: Simulation
) -> None:
    envoi = {"organisme": cherchables.finess_ej, "operation": "acquisition"}
    client.post(f"/simuler/{vide.cle}/essms/ajouter/", envoi)
    entree = Simulation.objects.exclude(pk=vide.pk).get().entree
    assert len(entree["essms"]) == 3
    assert entree["porteur"] == {"finess_ej": cherchables.finess_ej}


@pytest.mark.parametrize("organisme", ["310000105", "bonjour", "310000104"])
def test_organisme_sans_essms_dit_de_donner_un_numero(
    client: Client, vide: Simulation, organisme: str
) -> None:
    envoi = {"organisme": organisme, "operation": "acquisition"}
    page = client.post(f"/simuler/{vide.cle}/essms/ajouter/", envoi).content.decode()
    assert "Collez au moins un numéro FINESS" in page
    assert Simulation.objects.count() == 1


def test_recherche_requetes_bornees(
    client: Client,
    cherchables: EntiteJuridique,
    vide: Simulation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        client.get(f"/simuler/{vide.cle}/essms/ajouter/", {"q": "residence"})


def test_porteur_choisi_reste_tant_qu_il_a_un_essms(
    client: Client, entite: EntiteJuridique, simuler: Any
) -> None:
    petit = fabriques.organisme(2)
    etablissement = fabriques.etablissement(petit, 50).finess_et
    simulation = simuler(3)
    client.post(
        f"/simuler/{simulation.cle}/essms/ajouter/", {"numeros": etablissement, "operation": "acquisition"}
    )
    avec = Simulation.objects.exclude(pk=simulation.pk).get()
    assert avec.entree["porteur"]["finess_ej"] == entite.finess_ej
    restants = [e["finess_et"] for e in avec.entree["essms"] if e["finess_et"] != etablissement]
    envoi = {"geste": "retirer", "portee": "choisis", "essms": restants}
    reponse = client.post(f"/simuler/{avec.cle}/essms/", envoi)
    seule = Simulation.objects.get(pk=reponse["Location"].split("/")[2])
    assert seule.entree["porteur"] == {"finess_ej": petit.finess_ej}
