"""The catalogue of solutions: kept by administrators, imported whole or not at all, journaled."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from esms.comptes.models import Role
from esms.journal.models import Entree
from grappes.models import Solution
from tests.fabriques import agent

pytestmark = pytest.mark.django_db
ENTETE = "code;editeur;nom;version;au_sad;marche;domaine;statut;vague;depuis_le"
LIGNES = (
    "atlas;Éditeur A;Atlas;4;oui;Lot 1;PA;reference;1;2024-03-04",
    "atlas;Éditeur A;Atlas;4;oui;Lot 1;PH;candidate;;",
    "carnet;Éditeur B;Carnet;2;non;;;;;",
)
FORMULAIRE = {
    "code": "atlas",
    "nom": "Atlas",
    "editeur": "Éditeur A",
    "version": "4",
    "statut_PA": "reference",
}


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(agent(Role.ADMINISTRATEUR))
    return client


def envoyer(client: Client, *lignes: str, **champs: str):
    fichier = SimpleUploadedFile("solutions.csv", "\n".join((ENTETE, *lignes)).encode("utf-8-sig"))
    return client.post("/catalogue/solutions/importer/", {"fichier": fichier, **champs})


def test_import_ecrit_les_domaines_et_le_journal(client: Client) -> None:
    assert envoyer(client, *LIGNES).status_code == 302
    lues = Solution.objects.values_list("code", "au_sad", "referencements__domaine").order_by("code", "pk")
    assert sorted(lues, key=str) == [("atlas", True, "PA"), ("atlas", True, "PH"), ("carnet", False, None)]
    assert Entree.objects.filter(chaine="solutions", geste="ajouter_solution").count() == 2


def test_import_rejoue_ne_change_rien(client: Client) -> None:
    for _ in range(2):
        envoyer(client, *LIGNES)
    assert Entree.objects.filter(chaine="solutions").count() == 2


def test_import_a_blanc_n_ecrit_rien(client: Client) -> None:
    page = envoyer(client, *LIGNES, essai="on").content.decode()
    assert "2 à créer, 0 à modifier" in page
    assert not Solution.objects.exists()


@pytest.mark.parametrize(
    ("ligne", "faute"),
    [
        ("Atlas 4;A;Atlas;;;;PA;reference;;", "colonne code"),
        ("b;A;B;;peut-être;;PA;reference;;", "oui ou non attendu"),
        ("b;A;B;;;;XX;reference;;", "colonne domaine"),
        ("b;A;B;;;;PA;referencee;;", "colonne statut"),
        ("b;A;B;;;;PA;reference;zéro;", "colonne vague"),
        ("b;A;B;;;;PA;reference;1;04/03/2024", "colonne depuis_le"),
        ("b;A;;;;;;;;", "colonne nom"),
        ("atlas;Autre;Atlas;4;oui;Lot 1;DOM;reference;;", "est décrit autrement plus haut"),
        ("atlas;Éditeur A;Atlas;4;oui;Lot 1;PA;reference;;", "ce domaine est déjà donné"),
    ],
)
def test_import_avec_une_cellule_fausse_est_refuse_en_bloc(client: Client, ligne: str, faute: str) -> None:
    page = envoyer(client, *LIGNES, ligne).content.decode()
    assert "Ligne 5" in page
    assert faute in page
    assert not Solution.objects.exists()


def test_solution_modifiee_puis_retiree(client: Client) -> None:
    assert client.post("/catalogue/solutions/ajouter/", FORMULAIRE).status_code == 302
    solution = Solution.objects.get()
    adresse = f"/catalogue/solutions/{solution.pk}/"
    client.post(adresse, {**FORMULAIRE, "statut_PA": "candidate", "retiree": "on"})
    solution.refresh_from_db()
    assert (solution.retiree, solution.referencements.get().statut) == (True, "candidate")
    gestes = Entree.objects.filter(chaine="solutions").order_by("rang").values_list("geste", flat=True)
    assert list(gestes) == ["ajouter_solution", "modifier_solution"]


def test_code_deja_pris_est_dit(client: Client) -> None:
    client.post("/catalogue/solutions/ajouter/", FORMULAIRE)
    reponse = client.post("/catalogue/solutions/ajouter/", {**FORMULAIRE, "version": "5"})
    assert reponse.status_code == 400
    assert Solution.objects.count() == 1


def test_seul_un_administrateur_tient_le_catalogue(client: Client) -> None:
    client.force_login(agent(Role.INSTRUCTEUR))
    chemins = ("", "ajouter/", "importer/")
    assert {client.get(f"/catalogue/solutions/{c}").status_code for c in chemins} == {403}
    assert client.post("/catalogue/solutions/ajouter/", FORMULAIRE).status_code == 403
    assert not Solution.objects.exists()


def test_liste_en_requetes_constantes(client: Client, django_assert_max_num_queries) -> None:
    comptes = []
    for nombre in (1, 3):
        envoyer(client, *(f"s{rang};A;S{rang};;;;PA;reference;;" for rang in range(nombre)))
        with django_assert_max_num_queries(15) as lues:
            assert client.get("/catalogue/solutions/").status_code == 200
        comptes.append(len(lues))
    assert len(set(comptes)) == 1


def test_commande_refuse_un_fichier_faux(tmp_path) -> None:
    fichier = tmp_path / "solutions.csv"
    fichier.write_text(f"{ENTETE}\nb;A;B;;;;XX;reference;;\n")
    with pytest.raises(CommandError, match="colonne domaine"):
        call_command("importer_solutions", str(fichier))


def test_commande_lit_le_catalogue_de_la_demonstration(settings, capsys) -> None:
    call_command("importer_solutions", str(settings.BASE_DIR / "fixtures" / "demo" / "solutions.csv"))
    assert capsys.readouterr().out == "5 créées, 0 modifiées, 0 inchangées.\n"
