"""Creating a draft: from a simulation or from nothing; the draft that exists is shown first."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role
from instruction.models import Dossier
from tests.fabriques import (
    GUADELOUPE,
    OCCITANIE,
    agent,
    campagne,
    entree,
    etablissement,
    finess,
    organisme,
    porteur,
    rattacher,
    simulation,
)

pytestmark = pytest.mark.django_db


def client_de(personne: Any) -> Client:
    client = Client()
    client.force_login(personne)
    return client


def creer() -> str:
    return reverse("dossiers:creer")


def corps(finess_ej: str, **champs: Any) -> dict[str, Any]:
    return {
        "identifiant": str(uuid.uuid4()),
        "campagne": campagne().pk,
        "organisme": finess_ej,
        "operation": "acquisition",
        **champs,
    }


def test_seul_organisme_et_seule_campagne_vont_droit_a_la_composition() -> None:
    entite = organisme()
    campagne()
    siens = [etablissement(entite, rang).finess_et for rang in (1, 2, 3)]
    reponse = client_de(porteur(entite.finess_ej)).get(creer())
    assert reponse.templates[0].name == "instruction/creation_directe.html"
    assert [case.data["value"] for case in reponse.context["form"]["essms"]] == siens
    assert all(case.data["selected"] for case in reponse.context["form"]["essms"])


def test_brouillon_des_essms_coches_d_un_seul_effet() -> None:
    entite = organisme()
    client = client_de(porteur(entite.finess_ej))
    essms = [etablissement(entite, rang).finess_et for rang in (1, 2, 3)]
    envoi = corps(entite.finess_ej, essms=essms[:2], operation="mise_en_conformite")
    lieux = {client.post(creer(), envoi)["Location"] for _ in range(2)}
    dossier = Dossier.objects.get()
    assert lieux == {dossier.get_absolute_url()}
    composition = dossier.grappe.essms.order_by("finess_et").values_list("finess_et", "operation")
    assert list(composition) == [(numero, "mise_en_conformite") for numero in essms[:2]]


def test_aucun_essms_est_dit() -> None:
    entite = organisme()
    reponse = client_de(porteur(entite.finess_ej)).post(creer(), corps(entite.finess_ej))
    assert reponse.status_code == 400
    assert "Cochez au moins un ESSMS, ou indiquez son numéro FINESS." in reponse.content.decode()


def test_essms_d_un_autre_organisme_s_ajoute_par_son_numero() -> None:
    entite = organisme()
    sien, autre = etablissement(entite, 1).finess_et, etablissement(organisme(2), 1).finess_et
    client = client_de(porteur(entite.finess_ej))
    for tape, faute in (
        (finess(999_999), f"Inconnu du référentiel FINESS\u00a0: {finess(999_999)}."),
        ("31000", "compte 5 chiffres"),
        ("\x0031\u202e", "Autres ESSMS"),
    ):
        refuse = client.post(creer(), corps(entite.finess_ej, essms=[sien], autres=tape))
        assert refuse.status_code == 400
        assert faute in refuse.content.decode()
    saisie = f"{autre[:2]} {autre[2:5]} {autre[5:]}\n{sien}\n"
    assert client.post(creer(), corps(entite.finess_ej, essms=[sien], autres=saisie)).status_code == 302
    assert {e.finess_et for e in Dossier.objects.get().grappe.essms.all()} == {sien, autre}


def test_essms_d_un_autre_organisme_n_est_pas_dans_les_choix() -> None:
    entite, autre = organisme(1), organisme(2)
    intrus = etablissement(autre, 1).finess_et
    reponse = client_de(porteur(entite.finess_ej)).post(creer(), corps(entite.finess_ej, essms=[intrus]))
    assert reponse.status_code == 400
    assert not Dossier.objects.exists()


def test_personne_de_plusieurs_organismes_choisit() -> None:
    campagne()
    deux = [organisme(rang) for rang in (1, 2)]
    personne = porteur(deux[0].finess_ej)
    rattacher(personne, Role.REDACTEUR, organisme=deux[1].finess_ej)
    client = client_de(personne)
    choix = client.get(creer())
    assert choix.templates[0].name == "instruction/creation_choix.html"
    assert [v for v, _ in choix.context["form"]["organisme"].field.choices] == sorted(
        entite.finess_ej for entite in deux
    )
    suite = client.get(creer(), {"campagne": campagne().pk, "organisme": deux[1].finess_ej})
    assert suite.context["form"]["organisme"].value() == deux[1].finess_ej


@pytest.mark.parametrize(
    "choix", [{"campagne": "x", "organisme": "y"}, {"campagne": "99999", "organisme": "\x00"}]
)
def test_choix_forge_est_refuse(choix: dict[str, str]) -> None:
    campagne()
    client = client_de(porteur(organisme().finess_ej))
    assert client.get(creer(), choix).status_code == 400
    assert client.post(creer(), {**choix, "identifiant": str(uuid.uuid4())}).status_code == 400


def test_brouillon_existant_est_montre_d_abord_et_un_autre_se_cree_sciemment() -> None:
    entite = organisme()
    client = client_de(porteur(entite.finess_ej))
    siens = [etablissement(entite, 1).finess_et]
    client.post(creer(), corps(entite.finess_ej, essms=siens))
    premier = Dossier.objects.get()
    page = client.get(creer()).content.decode()
    assert page.index(premier.get_absolute_url()) < page.index("Créer un autre dossier")
    refuse = client.post(creer(), corps(entite.finess_ej, essms=siens))
    assert refuse.status_code == 400
    assert "Un brouillon existe déjà pour cet organisme dans cette campagne." in refuse.content.decode()
    assert Dossier.objects.count() == 1
    assert client.post(creer(), corps(entite.finess_ej, essms=siens, autre="on")).status_code == 302
    assert Dossier.objects.count() == 2


def test_brouillon_existant_arrete_aussi_la_creation_depuis_une_simulation() -> None:
    entite = organisme()
    client = client_de(porteur(entite.finess_ej))
    envoi = corps(entite.finess_ej, simulation=simulation(entree(entite)).cle)
    assert client.post(creer(), envoi).status_code == 302
    encore = {**envoi, "identifiant": str(uuid.uuid4())}
    refuse = client.post(creer(), encore)
    assert refuse.status_code == 400
    assert "Reprendre ce brouillon" in refuse.content.decode()
    assert client.post(creer(), {**encore, "autre": "on"}).status_code == 302


def test_brouillon_d_une_autre_campagne_n_arrete_rien() -> None:
    entite = organisme()
    client = client_de(porteur(entite.finess_ej))
    siens = [etablissement(entite, 1).finess_et]
    assert client.post(creer(), corps(entite.finess_ej, essms=siens)).status_code == 302
    guadeloupe = corps(entite.finess_ej, essms=siens, campagne=campagne(GUADELOUPE).pk)
    assert client.post(creer(), guadeloupe).status_code == 302
    assert set(Dossier.objects.values_list("campagne__edition", flat=True)) == {OCCITANIE, GUADELOUPE}


def test_sans_organisme_la_page_dit_pourquoi() -> None:
    campagne()
    page = client_de(agent(Role.INSTRUCTEUR)).get(creer())
    assert "Votre compte n’est rattaché à aucun organisme gestionnaire" in page.content.decode()


def test_campagne_fermee_ne_se_choisit_pas() -> None:
    entite = organisme()
    page = client_de(porteur(entite.finess_ej)).get(creer())
    assert "Aucune campagne n’est ouverte" in page.content.decode()
