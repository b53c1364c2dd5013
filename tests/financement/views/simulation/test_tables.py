"""Hours and equipment of many ESSMS on one screen, and gestures on several of them previewed."""

import pytest
from django.test import Client

from financement.actions.simulation import enregistrer
from financement.forms.simulation_tables import TableForm
from financement.models import Simulation
from tests.fabriques import SAAD, entree, etablissement, organisme

pytestmark = pytest.mark.django_db
APERCU = {"HX-Request": "true", "HX-Target": "panneau"}


def derniere(reponse) -> dict:
    return Simulation.objects.get(pk=reponse.url.split("/")[2]).entree


@pytest.fixture
def avec_saad() -> tuple[Simulation, list[str]]:
    entite = organisme()
    saads = [etablissement(entite, rang, SAAD).finess_et for rang in (90, 91)]
    contenu = entree(entite, 15)
    presents = {essms["finess_et"] for essms in contenu["essms"]}
    contenu["essms"] += [
        {"finess_et": numero, "operation": "acquisition"} for numero in saads if numero not in presents
    ]
    return enregistrer(entree=contenu, par=None), saads


def test_f6_heures_de_tous_les_saad_en_un_envoi(
    client: Client, avec_saad: tuple[Simulation, list[str]]
) -> None:
    simulation, saads = avec_saad
    envoi = {f"total_{numero}": "1 000,50" for numero in saads} | {f"apa_{numero}": "500" for numero in saads}
    lues = derniere(client.post(f"/simuler/{simulation.cle}/heures/", envoi))
    heures = {e["finess_et"]: e.get("heures") for e in lues["essms"] if e["finess_et"] in saads}
    assert heures == {saad: {"total": "1000.5", "apa": "500"} for saad in saads}


def test_heures_incoherentes_sont_dites_a_leur_ligne(
    client: Client, avec_saad: tuple[Simulation, list[str]]
) -> None:
    simulation, saads = avec_saad
    envoi = {f"total_{saads[0]}": "10", f"apa_{saads[0]}": "20"}
    page = client.post(f"/simuler/{simulation.cle}/heures/", envoi).content.decode()
    assert page.count("Les heures APA, PCH et de dépendance dépassent le total.") == 2  # summary and cell
    assert Simulation.objects.count() == 1


def test_heures_apercu_n_ecrit_rien(client: Client, avec_saad: tuple[Simulation, list[str]]) -> None:
    simulation, saads = avec_saad
    envoi = {f"total_{saads[0]}": "100", f"apa_{saads[0]}": "100"}
    page = client.post(f"/simuler/{simulation.cle}/heures/", envoi, headers=APERCU).content.decode()
    assert "par rapport à ce qui est enregistré" in page
    assert Simulation.objects.count() == 1


def test_f4_equipement_des_seuls_petits_organismes(client: Client) -> None:
    petit = organisme(2)
    numero = etablissement(petit, 1).finess_et
    contenu = entree(organisme(), 15)
    contenu["essms"].append({"finess_et": numero, "operation": "acquisition"})
    contenu["organismes"].append({"finess_ej": petit.finess_ej, "region": "76", "essms_geres": 3})
    simulation = enregistrer(entree=contenu, par=None)
    page = client.get(f"/simuler/{simulation.cle}/equipement/").content.decode()
    assert page.count('name="materiel_') == 1
    envoi = {f"materiel_{numero}": "on", f"ht_{numero}": "8000", f"ttc_{numero}": "9600"}
    lues = derniere(client.post(f"/simuler/{simulation.cle}/equipement/", envoi))
    assert [e["materiel"] for e in lues["essms"] if e["finess_et"] == numero] == [
        {"demande_ht": "8000.00", "demande_ttc": "9600.00"}
    ]


def test_lot_montre_son_effet_avant_d_etre_applique(client: Client) -> None:
    simulation = enregistrer(entree=entree(organisme(), 15), par=None)
    envoi = {"portee": "tous", "operation": "mise_en_conformite"}
    page = client.post(f"/simuler/{simulation.cle}/essms/", envoi, headers=APERCU).content.decode()
    assert "par rapport à ce qui est enregistré" in page
    assert Simulation.objects.count() == 1


def test_lot_dit_un_logiciel_deja_finance_et_une_categorie(client: Client) -> None:
    simulation = enregistrer(entree=entree(organisme(), 2), par=None)
    envoi = {
        "geste": "appliquer",
        "portee": "tous",
        "categorie": "209",
        "dui_finance_operation": "acquisition",
        "dui_finance_nom": "Logiciel B",
    }
    lues = derniere(client.post(f"/simuler/{simulation.cle}/essms/", envoi))
    assert {(e["categorie"], e["dui_finance"]["nom"]) for e in lues["essms"]} == {("209", "Logiciel B")}


def test_lot_un_logiciel_finance_sans_nom_est_refuse(client: Client) -> None:
    simulation = enregistrer(entree=entree(organisme(), 2), par=None)
    envoi = {"geste": "appliquer", "portee": "tous", "dui_finance_operation": "acquisition"}
    page = client.post(f"/simuler/{simulation.cle}/essms/", envoi).content.decode()
    assert page.count("Donnez le nom du logiciel et l’opération déjà financée.") == 2
    assert Simulation.objects.count() == 1


@pytest.mark.parametrize("page", ["heures", "equipement"])
def test_tables_en_requetes_constantes(client: Client, page: str, django_assert_max_num_queries) -> None:
    entite = organisme(3)
    saads = [etablissement(entite, rang, SAAD).finess_et for rang in range(1, 51)]
    contenu = {
        "aap": "occitanie-2025",
        "porteur": {"finess_ej": entite.finess_ej},
        "organismes": [{"finess_ej": entite.finess_ej, "essms_geres": 5}],
    }
    comptes = []
    for nombre in (1, 3, 50):
        choisis = [{"finess_et": numero, "operation": "acquisition"} for numero in saads[:nombre]]
        simulation = enregistrer(entree={**contenu, "essms": choisis}, par=None)
        with django_assert_max_num_queries(15) as lues:
            assert client.get(f"/simuler/{simulation.cle}/{page}/").status_code == 200
        comptes.append(len(lues))
    assert len(set(comptes)) == 1


def test_une_table_dit_ses_champs_et_ses_changements() -> None:
    class Muette(TableForm):
        """Says neither."""

    with pytest.raises(TypeError, match=r"abstract methods '?changements'?, '?ligne'?"):
        Muette(essms=())
