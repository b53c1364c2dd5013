"""The list of ESSMS, and the form of one of them."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from financement.models import Simulation
from grappes.models import EntiteJuridique
from tests import fabriques

LOT = {"geste": "appliquer", "portee": "choisis"}
FICHE = {"operation": "acquisition", "sons": "aucune"}


def derniere(reponse: Any) -> dict[str, Any]:
    """Entry of the simulation that a POST led to."""
    assert reponse.status_code == 302, reponse.content.decode()
    return Simulation.objects.get(pk=reponse["Location"].split("/")[2]).entree


@pytest.mark.parametrize("nombre", [1, 3, 50])
def test_liste_requetes_constantes(
    client: Client, simuler: Any, django_assert_num_queries: DjangoAssertNumQueries, nombre: int
) -> None:
    simulation = simuler(nombre)
    with django_assert_num_queries(4):
        reponse = client.get(f"/simuler/{simulation.cle}/essms/")
    assert len(reponse.content) < 100_000


def test_lot_applique_aux_choisis_seulement(client: Client, simulation: Simulation) -> None:
    choisi = simulation.entree["essms"][3]["finess_et"]
    envoi = {
        **LOT,
        "operation": "mise_en_conformite",
        "sons": "commande",
        "materiel": "oui",
        "essms": [choisi],
    }
    entree = derniere(client.post(f"/simuler/{simulation.cle}/essms/", envoi))
    attendu = {"finess_et": choisi, "operation": "mise_en_conformite", "sons": "commande", "materiel": {}}
    assert entree["essms"][3] == attendu
    assert entree["essms"][4] == simulation.entree["essms"][4]
    assert Simulation.objects.filter(pk=simulation.pk).exists()


def test_lot_applique_a_tous(client: Client, simulation: Simulation) -> None:
    envoi = {**LOT, "portee": "tous", "operation": "mise_en_conformite"}
    entree = derniere(client.post(f"/simuler/{simulation.cle}/essms/", envoi))
    assert {e["operation"] for e in entree["essms"]} == {"mise_en_conformite"}


def test_lot_sans_essms_coche_dit_quoi_faire(client: Client, simulation: Simulation) -> None:
    page = client.post(f"/simuler/{simulation.cle}/essms/", LOT).content.decode()
    assert "Cochez au moins un ESSMS" in page
    assert Simulation.objects.count() == 1


def test_retirer_tous_les_essms_laisse_un_projet_vide_a_remplir(
    client: Client, simulation: Simulation
) -> None:
    reponse = client.post(f"/simuler/{simulation.cle}/essms/", {"geste": "retirer", "portee": "tous"})
    assert derniere(reponse)["essms"] == []
    assert "ne compte encore aucun ESSMS" in client.get(reponse["Location"]).content.decode()


def test_fiche_enregistre_heures_et_materiel(client: Client, entite: EntiteJuridique) -> None:
    saad = fabriques.etablissement(entite, 1, categorie=fabriques.SAAD).finess_et
    simulation = fabriques.simulation(
        {"aap": "occitanie-2025", "essms": [{"finess_et": saad, "operation": "acquisition"}]}
    )
    envoi = {
        **FICHE,
        "heures_total": "1 000",
        "heures_apa": "500,5",
        "materiel": "on",
        "materiel_ttc": "9 600,00 €",
    }
    entree = derniere(client.post(f"/simuler/{simulation.cle}/essms/{saad}/", envoi))
    assert entree["essms"] == [
        {
            "finess_et": saad,
            "operation": "acquisition",
            "heures": {"total": "1000", "apa": "500.5"},
            "materiel": {"demande_ttc": "9600.00"},
        }
    ]


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"heures_total": "100", "heures_apa": "101"}, "dépassent le total"),
        ({"heures_total": "0"}, "ne peut pas être nul"),
        ({"heures_apa": "10"}, "Le total des heures manque"),
        ({"heures_total": "-1"}, "Nombre d’heures attendu, positif"),
        ({"materiel_ht": "1e9999"}, "n’est pas un montant en euros"),
        ({"materiel_ht": "-5"}, "ne peut pas être négatif"),
        ({"materiel_ht": "NaN"}, "n’est pas un montant en euros"),
        ({"materiel_ht": "1,234"}, "n’est pas un montant en euros"),
        ({"dui_finance_nom": "Logiciel B"}, "Donnez le nom du logiciel et l’opération"),
        ({"dui_finance_nom": "x" * 121, "dui_finance_operation": "acquisition"}, "120"),
        ({"operation": "vol"}, "Sélectionnez un choix valide"),
        ({"public": "XX"}, "Sélectionnez un choix valide"),
    ],
)
def test_fiche_refuse_et_garde_ce_qui_est_tape(
    client: Client, simulation: Simulation, champs: dict[str, str], phrase: str
) -> None:
    numero = simulation.entree["essms"][0]["finess_et"]
    reponse = client.post(f"/simuler/{simulation.cle}/essms/{numero}/", {**FICHE, **champs})
    assert reponse.status_code == 200
    assert phrase in reponse.content.decode()
    assert Simulation.objects.count() == 1


def test_apercu_calcule_sans_rien_ecrire(client: Client, simulation: Simulation) -> None:
    numero = simulation.entree["essms"][0]["finess_et"]
    reponse = client.post(
        f"/simuler/{simulation.cle}/essms/{numero}/",
        {**FICHE, "operation": "mise_en_conformite"},
        headers={"HX-Request": "true", "HX-Target": "panneau"},
    )
    page = reponse.content.decode()
    assert page.count("<html") == 0
    assert "299\u202f000\u00a0€" in page  # 14 × 21 000 + 5 000
    assert "−\u00a016\u202f000\u00a0€" in page
    assert Simulation.objects.count() == 1


def test_apercu_d_une_saisie_fausse_demande_de_corriger(client: Client, simulation: Simulation) -> None:
    numero = simulation.entree["essms"][0]["finess_et"]
    envoi = {**FICHE, "materiel_ht": "abc"}
    entetes = {"HX-Request": "true", "HX-Target": "panneau"}
    page = client.post(f"/simuler/{simulation.cle}/essms/{numero}/", envoi, headers=entetes).content.decode()
    assert "Corrigez la saisie pour voir son effet." in page


def test_fiche_d_un_essms_absent_du_projet_404(client: Client, simulation: Simulation) -> None:
    assert client.get(f"/simuler/{simulation.cle}/essms/310000104/").status_code == 404


def test_retour_arriere_rend_l_etat_precedent(client: Client, simulation: Simulation) -> None:
    avant = client.get(f"/simuler/{simulation.cle}/").content
    client.post(
        f"/simuler/{simulation.cle}/essms/", {**LOT, "portee": "tous", "operation": "mise_en_conformite"}
    )
    apres = client.get(f"/simuler/{simulation.cle}/").content
    assert b"315\xe2\x80\xaf000" in avant
    assert b"315\xe2\x80\xaf000" in apres


def test_essms_inconnu_du_referentiel_se_complete_a_la_main(client: Client, entite: EntiteJuridique) -> None:
    inconnu = "310000104"
    simulation = fabriques.simulation(
        {"aap": "occitanie-2025", "essms": [{"finess_et": inconnu, "operation": "acquisition"}]}
    )
    adresse = f"/simuler/{simulation.cle}/essms/{inconnu}/"
    assert "Ce que le référentiel ne sait pas" in client.get(adresse).content.decode()
    envoi = {**FICHE, "finess_ej": entite.finess_ej, "region": "76", "categorie": "500"}
    entree = derniere(client.post(adresse, envoi))
    attendu = {"finess_ej": entite.finess_ej, "region": "76", "categorie": "500"}
    assert entree["essms"] == [{"finess_et": inconnu, "operation": "acquisition", **attendu}]
    faux = client.post(adresse, {**envoi, "finess_ej": "310000105"}).content.decode()
    assert "La clé du numéro FINESS" in faux


def test_fiche_nomme_la_categorie_de_finess(client: Client, entite: EntiteJuridique) -> None:
    essms = fabriques.etablissement(entite, 1, categorie="177").finess_et
    simulee = fabriques.simulation(fabriques.entree(entite, 1))
    page = client.get(f"/simuler/{simulee.cle}/essms/{essms}/").content.decode()
    assert page.count("Maison d’Enfants à Caractère Social (177)") == 3  # register, default, choices
