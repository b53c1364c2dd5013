"""The grappe of a draft edited on the screens of the simulator, under the eyes of two people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Utilisateur
from financement.composition.entree import modifier_essms, nette, retirer
from grappes.models import Referencement, Solution
from grappes.requetes_grappes import entree_de
from instruction.actions.grappe import recomposer
from instruction.models import Dossier
from tests.fabriques import SAAD, Monde, entree, etablissement, organisme

pytestmark = pytest.mark.django_db
ECRANS = (
    "essms",
    "ajouter",
    "organismes",
    "equipement",
    "amoa",
    "projet",
    "solution",
    "confirmations",
    "historique",
)


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def client(client: Client, monde: Monde) -> Client:
    client.force_login(monde.porteur)
    return client


def adresse(dossier: Dossier, ecran: str, *reste: str) -> str:
    return reverse(f"dossiers:grappe_{ecran}", args=[dossier.pk, *reste])


def lue(monde: Monde) -> dict:
    return nette(entree_de(monde.relire().grappe))


def envoi(monde: Monde, **champs: object) -> dict:
    return {"avant": monde.relire().simulation_id, **champs}


def test_fiche_enregistree_change_la_grappe_en_un_envoi(client: Client, monde: Monde) -> None:
    numero = lue(monde)["essms"][0]["finess_et"]
    champs = {"operation": "mise_en_conformite", "sons": "aucune", "justification": ""}
    reponse = client.post(adresse(monde.dossier, "fiche", numero), envoi(monde, **champs))
    assert (reponse.status_code, reponse["Location"]) == (302, adresse(monde.dossier, "essms"))
    assert lue(monde)["essms"][0]["operation"] == "mise_en_conformite"


def test_composition_changee_entre_temps_repond_409_et_garde_la_saisie(client: Client, monde: Monde) -> None:
    avant, contenu = monde.dossier.simulation_id, lue(monde)
    premier, autre = (essms["finess_et"] for essms in contenu["essms"][:2])
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(contenu, {autre}, {"sons": "commande"}),
        sur=avant,
        par=monde.porteur,
    )
    champs = {"operation": "mise_en_conformite", "sons": "prestation_recue", "avant": avant}
    reponse = client.post(adresse(monde.dossier, "fiche", premier), champs)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "La composition a changé pendant votre saisie" in page
    assert "<ins>bon de commande signé</ins>" in page
    assert 'value="prestation_recue" checked' in page
    assert lue(monde)["essms"][0] == contenu["essms"][0]
    # What the page holds is enough to send it again, over what the composition became.
    reponse = client.post(adresse(monde.dossier, "fiche", premier), {**champs, **envoi(monde)})
    assert reponse.status_code == 302
    assert [essms.get("sons") for essms in lue(monde)["essms"][:2]] == ["prestation_recue", "commande"]


def test_envoi_rejoue_repond_comme_la_premiere_fois(client: Client, monde: Monde) -> None:
    numero = lue(monde)["essms"][0]["finess_et"]
    champs = envoi(monde, operation="mise_en_conformite", sons="aucune")
    statuts = [client.post(adresse(monde.dossier, "fiche", numero), champs).status_code for _ in range(2)]
    assert statuts == [302, 302]


def test_ajout_par_numeros_colles_est_une_union(client: Client, monde: Monde) -> None:
    nouveau = etablissement(organisme(2), 1).finess_et
    deja = lue(monde)["essms"][0]["finess_et"]
    champs = {"numeros": f"{nouveau}, {deja}", "operation": "acquisition"}
    reponse = client.post(adresse(monde.dossier, "ajouter"), champs)
    assert reponse.status_code == 302
    assert monde.relire().nombre_essms == 16
    page = client.get(reponse["Location"]).content.decode()
    assert "Cet ESSMS est déjà dans le projet (E5)." in page


def test_ajout_par_tableur_rend_compte_par_cellule(client: Client, monde: Monde) -> None:
    nouveau = etablissement(organisme(2), 1).finess_et
    fichier = SimpleUploadedFile(
        "grappe.csv", f"finess_et;operation\n{nouveau};acquisition\n123;acquisition\n".encode("latin-1")
    )
    reponse = client.post(adresse(monde.dossier, "ajouter"), {"fichier": fichier, "operation": "acquisition"})
    page = client.get(reponse["Location"]).content.decode()
    assert "ligne 3, colonne A (finess_et)" in page
    assert monde.relire().nombre_essms == 16


def test_ajout_de_tout_un_organisme(client: Client, monde: Monde) -> None:
    autre = organisme(2)
    for rang in (1, 2, 3):
        etablissement(autre, rang)
    champs = {"organisme": autre.finess_ej, "operation": "acquisition"}
    client.post(adresse(monde.dossier, "ajouter"), champs)
    assert monde.relire().nombre_essms == 18


def test_lot_en_masse_avec_justification(client: Client, monde: Monde) -> None:
    champs = envoi(
        monde, geste="appliquer", portee="tous", public="PH", justification="Agréments modifiés en 2025."
    )
    client.post(adresse(monde.dossier, "essms"), champs)
    assert {essms["public"] for essms in lue(monde)["essms"]} == {"PH"}
    assert set(monde.relire().grappe.justifications.values()) == {"Agréments modifiés en 2025."}


def test_e2_public_corrige_sans_justification_est_dit(client: Client, monde: Monde) -> None:
    numero = lue(monde)["essms"][0]["finess_et"]
    champs = envoi(monde, operation="acquisition", sons="aucune", public="PH")
    client.post(adresse(monde.dossier, "fiche", numero), champs)
    page = client.get(reverse("dossiers:grappe", args=[monde.dossier.pk])).content.decode()
    phrase = f"ESSMS {numero}\u00a0: public autres que ceux de FINESS, sans justification (règle E2)."
    assert phrase in page


def test_retirer_tous_les_essms_est_refuse(client: Client, monde: Monde) -> None:
    page = client.post(
        adresse(monde.dossier, "essms"), envoi(monde, geste="retirer", portee="tous")
    ).content.decode()
    assert "Une grappe compte au moins un ESSMS" in page
    assert monde.relire().nombre_essms == 15


def test_porteur_ne_change_pas_avec_les_organismes(client: Client, monde: Monde) -> None:
    ej = monde.dossier.organisme
    page = client.get(adresse(monde.dossier, "organismes")).content.decode()
    assert 'name="porteur"' not in page
    champs = envoi(monde, porteur="310000104", **{f"essms_geres_{ej}": "30", f"justification_{ej}": "CPOM."})
    client.post(adresse(monde.dossier, "organismes"), champs)
    assert lue(monde)["porteur"]["finess_ej"] == ej
    assert lue(monde)["organismes"][0]["essms_geres"] == 30
    assert monde.relire().grappe.justifications == {ej: "CPOM."}


def test_e4_et_g3_se_saisissent_avec_la_grappe(client: Client, monde: Monde) -> None:
    champs = envoi(
        monde, rejoint_convention="2024-17", rejoint_conforme_marche="on", region_pivot="76", depose_le=""
    )
    client.post(adresse(monde.dossier, "projet"), champs)
    contenu = lue(monde)
    assert contenu["rejoint"] == {"convention": "2024-17", "conforme_marche": True, "sans_risque": False}
    assert contenu["region_pivot"] == "76"
    assert contenu["solution"] == monde.simulation.entree["solution"]


def test_amoa_et_ses_devis(client: Client, monde: Monde) -> None:
    champs = envoi(monde, amoa_pilotage="on", amoa_devis_ht="40 000,00", amoa_devis_ttc="48000")
    client.post(adresse(monde.dossier, "amoa"), champs)
    assert lue(monde)["amoa"] == {"pilotage": True, "devis_ht": "40000.00", "devis_ttc": "48000.00"}


def test_apercu_n_ecrit_rien(client: Client, monde: Monde) -> None:
    avant = monde.dossier.simulation_id
    page = client.post(
        adresse(monde.dossier, "essms"),
        envoi(monde, portee="tous", operation="mise_en_conformite"),
        headers={"HX-Request": "true", "HX-Target": "panneau"},
    ).content.decode()
    assert "par rapport à ce qui est enregistré" in page
    assert monde.relire().simulation_id == avant


def test_historique_dit_qui_a_change_quoi(client: Client, monde: Monde) -> None:
    contenu = lue(monde)
    premier, second = (essms["finess_et"] for essms in contenu["essms"][:2])
    recomposer(
        dossier=monde.dossier,
        entree=modifier_essms(retirer(contenu, {premier}), {second}, {"sons": "commande"}),
        sur=monde.dossier.simulation_id,
        par=monde.porteur,
    )
    page = client.get(adresse(monde.dossier, "historique")).content.decode()
    assert f'Retiré\u00a0: ESSMS <span class="simu-numero">{premier}</span>' in page
    assert "<del>non renseigné</del> → <ins>bon de commande signé</ins>" in page
    assert monde.porteur.nom in page


def _solution(**statuts: str) -> Solution:
    solution = Solution.objects.create(
        code="logiciel-z",
        editeur="Éditions Z",
        nom="Logiciel Z",
        au_sad=True,
        modifiee_le="2025-01-01T00:00Z",
    )
    for domaine, statut in statuts.items():
        Referencement.objects.create(solution=solution, domaine=domaine, statut=statut)
    return solution


def test_e13_solution_du_catalogue_suit_les_domaines_des_essms(client: Client, monde: Monde) -> None:
    solution = _solution(PA="reference")
    client.post(adresse(monde.dossier, "solution"), envoi(monde, solution=solution.pk))
    attendue = {"nom": "Logiciel Z", "referencee_segur": True, "au_sad": True}
    assert lue(monde)["solution"] == attendue
    numero = lue(monde)["essms"][0]["finess_et"]
    champs = envoi(monde, operation="acquisition", sons="aucune", public="PDE", justification="Agrément.")
    client.post(adresse(monde.dossier, "fiche", numero), champs)
    assert lue(monde)["solution"] == {**attendue, "referencee_segur": False}


def test_solution_declaree_dit_ses_domaines(client: Client, monde: Monde) -> None:
    champs = envoi(
        monde, solution="non_listee", nom="Logiciel W", editeur="Éditions W", domaine_PA="reference"
    )
    client.post(adresse(monde.dossier, "solution"), champs)
    assert lue(monde)["solution"] == {"nom": "Logiciel W", "referencee_segur": True}
    assert monde.relire().grappe.declaration["editeur"] == "Éditions W"


def test_solution_declaree_sans_nom_est_refusee(client: Client, monde: Monde) -> None:
    page = client.post(
        adresse(monde.dossier, "solution"), envoi(monde, solution="non_listee")
    ).content.decode()
    assert page.count("Donnez le nom de la solution.") == 2


def test_catalogue_corrige_apres_le_choix_est_dit(client: Client, monde: Monde) -> None:
    solution = _solution(PA="reference")
    client.post(adresse(monde.dossier, "solution"), envoi(monde, solution=solution.pk))
    solution.referencements.all().delete()
    page = client.get(reverse("dossiers:grappe", args=[monde.dossier.pk])).content.decode()
    assert "Le catalogue des solutions a changé depuis votre choix" in page


def test_e16_dpi_de_ght_derive_du_couloir_hopital(client: Client, monde: Monde) -> None:
    solution = _solution(PA="reference", HOP="reference")
    champs = envoi(monde, solution=solution.pk, dpi_ght="on", ght="on", marche_ouvert="on", etude="on")
    client.post(adresse(monde.dossier, "solution"), champs)
    assert lue(monde)["solution"]["dpi_ght"] is True
    assert lue(monde)["porteur"]["marche_en_cours"] is True
    page = client.get(reverse("dossiers:grappe", args=[monde.dossier.pk])).content.decode()
    assert "sont à déclarer (règle E16)" in page


@pytest.mark.parametrize("ecran", [*ECRANS, "heures", "fiche"])
def test_ecrans_lisent_un_nombre_constant_de_requetes(
    client: Client, monde: Monde, ecran: str, django_assert_max_num_queries
) -> None:
    autre = organisme(3)
    comptes = []
    for nombre in (1, 3, 50):
        for rang in range(autre.etablissements.count() + 1, nombre + 1):
            etablissement(autre, rang, SAAD)
        contenu = {**lue(monde), "essms": entree(organisme(), 15)["essms"]}
        contenu["essms"] = contenu["essms"] + [
            {"finess_et": e.finess_et, "operation": "acquisition"} for e in autre.etablissements.all()
        ]
        recomposer(dossier=monde.dossier, entree=contenu, sur=monde.relire().simulation_id, par=monde.porteur)
        reste = [contenu["essms"][0]["finess_et"]] if ecran == "fiche" else []
        with django_assert_max_num_queries(18) as lues:
            assert client.get(adresse(monde.dossier, ecran, *reste)).status_code == 200
        comptes.append(len(lues))
    assert len(set(comptes[1:])) == 1, comptes


def test_un_autre_porteur_ne_voit_rien(
    client: Client, monde: Monde, django_user_model: type[Utilisateur]
) -> None:
    client.force_login(Monde(rang=5).porteur)
    statuts = {client.get(adresse(monde.dossier, ecran)).status_code for ecran in ECRANS}
    assert statuts == {404}


def test_dossier_depose_ne_se_recompose_plus(client: Client, monde: Monde) -> None:
    monde.deposer()
    assert client.get(adresse(monde.dossier, "essms")).status_code == 409
