"""Entry page: paste, read."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from financement.models import Simulation
from grappes.models import EntiteJuridique
from tests import fabriques

FORMULAIRE = {"aap": "occitanie-2025", "operation": "acquisition"}


def test_page_publique_sans_compte(client: Client, db: None) -> None:
    reponse = client.get("/simuler/")
    assert (reponse.status_code, Simulation.objects.count()) == (200, 0)
    assert "Dépôt du 22\u00a0avril 2025 au vendredi 13\u00a0juin 2025 à 23\u00a0h" in reponse.content.decode()


def test_numeros_colles_menent_au_resultat(client: Client, entite: EntiteJuridique) -> None:
    numeros = [fabriques.etablissement(entite, rang).finess_et for rang in range(1, 16)]
    reponse = client.post("/simuler/", {**FORMULAIRE, "numeros": " ;\n".join(numeros)}, follow=True)
    simulation = Simulation.objects.get()
    assert reponse.redirect_chain == [(f"/simuler/{simulation.cle}/", 302)]
    assert [e["finess_et"] for e in simulation.entree["essms"]] == sorted(numeros)
    assert simulation.entree["porteur"] == {"finess_ej": entite.finess_ej}
    assert "315\u202f000\u00a0€" in reponse.content.decode()


def test_mauvais_numeros_dits_et_les_bons_gardes(client: Client, entite: EntiteJuridique) -> None:
    bon = fabriques.etablissement(entite, 1).finess_et
    hopital = fabriques.etablissement(entite, 2, categorie="355").finess_et
    texte = f"{bon} {bon} 310000105 {hopital} 310000104 {entite.finess_ej} bonjour"
    page = client.post("/simuler/", {**FORMULAIRE, "numeros": texte}, follow=True).content.decode()
    assert [e["finess_et"] for e in Simulation.objects.get().entree["essms"]] == [bon]
    for phrase in (
        "1\u00a0ESSMS ajouté, 6\u00a0remarques",
        "est fausse",
        "il n’est compté qu’une fois (E5)",
        "n’est pas un ESSMS de l’article L.312-1",
        "le référentiel FINESS ne le connaît pas",
        "C’est le numéro d’un organisme gestionnaire",
        "n’est pas un numéro FINESS",
    ):
        assert phrase in page, phrase


def test_compte_rendu_disparait_des_autres_simulations(client: Client, entite: EntiteJuridique) -> None:
    bon = fabriques.etablissement(entite, 1).finess_et
    client.post("/simuler/", {**FORMULAIRE, "numeros": f"{bon} 310000105"})
    autre = fabriques.simulation(fabriques.entree(entite, 2))
    assert "ajouté" not in client.get(f"/simuler/{autre.cle}/").content.decode()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"numeros": ""}, "Collez au moins un numéro FINESS, ou choisissez un fichier."),
        ({"aap": "mars-2040", "numeros": "1"}, "Sélectionnez un choix valide"),
        ({"operation": "vol", "numeros": "1"}, "Sélectionnez un choix valide"),
        ({"numeros": "310000105"}, "Aucun ESSMS ajouté, 1\u00a0remarque"),
        ({"numeros": "x" * 200_001}, "200000"),
        ({"numeros": " ".join(map(fabriques.finess, range(5001)))}, "Vous donnez 5001 numéros"),
        ({"numeros": "3100\x0000104"}, "caractère nul"),
    ],
)
def test_saisie_refusee_dite_et_rien_ecrit(
    client: Client, db: None, champs: dict[str, str], phrase: str
) -> None:
    reponse = client.post("/simuler/", {**FORMULAIRE, **champs})
    assert (reponse.status_code, Simulation.objects.count()) == (200, 0)
    assert phrase in reponse.content.decode()


def test_tableur_de_10_000_lignes_rend_compte_et_garde_les_bonnes(
    client: Client, entite: EntiteJuridique
) -> None:
    bons = [fabriques.etablissement(entite, rang).finess_et for rang in (1, 2)]
    lignes = [*bons * 2_500, *(["310000105"] * 5_000)]  # repeated, then a wrong key
    fichier = SimpleUploadedFile("grappe.csv", "\n".join(["finess_et", *lignes]).encode())
    reponse = client.post("/simuler/", {**FORMULAIRE, "numeros": "", "fichier": fichier}, follow=True)
    assert [e["finess_et"] for e in Simulation.objects.get().entree["essms"]] == sorted(bons)
    assert "2\u00a0ESSMS ajoutés, 9998\u00a0remarques" in reponse.content.decode().replace("\u202f", "")


def test_numeros_inconnus_ajoutes_a_la_demande(client: Client, entite: EntiteJuridique) -> None:
    refus = client.post("/simuler/", {**FORMULAIRE, "numeros": "310000104"}).content.decode()
    assert "Ajouter quand même les numéros inconnus" in refus
    client.post("/simuler/", {**FORMULAIRE, "numeros": "310000104", "garder_inconnus": "on"})
    assert Simulation.objects.get().entree["essms"] == [
        {"finess_et": "310000104", "operation": "acquisition"}
    ]


def test_chercher_sans_numero_mene_a_l_ajout(client: Client, db: None) -> None:
    reponse = client.post("/simuler/", {**FORMULAIRE, "geste": "rechercher"}, follow=True)
    cle = Simulation.objects.get().cle
    assert reponse.redirect_chain == [(f"/simuler/{cle}/essms/ajouter/", 302)]
    assert client.get(f"/simuler/{cle}/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("nom", "octets", "phrase"),
    [
        ("g.xlsx", b"PK\x03\x04 faux", "ne correspond pas à son contenu"),
        ("g.exe", b"MZ", "n’est pas accepté"),
        ("g.csv", b"", "Ce fichier est vide."),
    ],
)
def test_fichier_hostile_refuse_et_rien_ecrit(
    client: Client, db: None, nom: str, octets: bytes, phrase: str
) -> None:
    fichier: Any = SimpleUploadedFile(nom, octets)
    reponse = client.post("/simuler/", {**FORMULAIRE, "fichier": fichier})
    assert (reponse.status_code, Simulation.objects.count()) == (200, 0)
    assert phrase in reponse.content.decode()


def test_tableur_latin_1_lu_cellule_par_cellule(client: Client, entite: EntiteJuridique) -> None:
    bon = fabriques.etablissement(entite, 1).finess_et
    texte = f"finess_et;opération;materiel_ht\n{bon};mise en conformité;-1\n310000105;;\n"
    fichier = SimpleUploadedFile("grappe.csv", texte.encode("latin-1"))
    page = client.post("/simuler/", {**FORMULAIRE, "fichier": fichier}, follow=True).content.decode()
    assert Simulation.objects.get().entree["essms"] == [{"finess_et": bon, "operation": "mise_en_conformite"}]
    assert "ligne 2, colonne C (materiel_ht)" in page
    assert "ligne 3, colonne A (finess_et)" in page


def test_get_n_ecrit_rien_et_autre_methode_refusee(client: Client, db: None) -> None:
    assert client.put("/simuler/").status_code == 405
    assert client.get("/simuler/?aap=occitanie-2025").status_code == 200
    assert Simulation.objects.count() == 0
