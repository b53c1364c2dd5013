"""What is refused or not asked for is written down: names only, bounded, and nothing of the honest story."""

import uuid
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role
from esms.journal.chaine import verifier
from esms.journal.models import Entree
from esms.journal.securite import CHAINE, DebitDuJournal
from instruction.etats import Etat
from tests.fabriques import FICHE, Monde, agent, organisme, porteur

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _compteurs_vides() -> None:
    cache.clear()


@pytest.fixture
def monde() -> Monde:
    return Monde()


def _client(personne: object) -> Client:
    client = Client()
    client.force_login(personne)  # type: ignore[arg-type]
    return client


def _releve() -> list[tuple[object, ...]]:
    entrees = Entree.objects.filter(chaine=CHAINE).order_by("rang")
    assert verifier(entrees) == []
    return [(e.geste, e.par_id, e.contenu["methode"], e.contenu["adresse"]) for e in entrees]


def test_dossier_d_un_autre_porteur_est_invisible_et_l_essai_est_ecrit(monde: Monde) -> None:
    curieux = porteur(organisme(2).finess_ej)
    assert _client(curieux).get(reverse("dossiers:dossier", args=[monde.dossier.pk])).status_code == 404
    assert _releve() == [("refus_invisible", curieux.pk, "GET", "dossiers:dossier")]
    assert Entree.objects.get(chaine=CHAINE).contenu["arguments"] == {"pk": str(monde.dossier.pk)}


def test_geste_interdit_ou_depasse_est_ecrit(monde: Monde) -> None:
    monde.amener(Etat.DEPOSE)
    adresse = reverse("dossiers:recevoir", args=[monde.dossier.pk])
    assert _client(monde.valideur).post(adresse).status_code == 403
    assert (
        _client(monde.porteur).get(reverse("dossiers:section", args=[monde.dossier.pk, "projet"])).status_code
        == 409
    )
    assert _releve() == [
        ("refus_interdit", monde.valideur.pk, "POST", "dossiers:recevoir"),
        ("refus_depasse", monde.porteur.pk, "GET", "dossiers:section"),
    ]


def test_agent_d_une_autre_ars_est_ecrit(monde: Monde) -> None:
    monde.amener(Etat.DEPOSE)
    autre = agent(Role.INSTRUCTEUR, "01")
    assert _client(autre).post(reverse("dossiers:attribuer", args=[monde.dossier.pk])).status_code == 404
    assert _releve() == [("refus_invisible", autre.pk, "POST", "dossiers:attribuer")]


def test_champ_interdit_est_ignore_et_nomme_sans_sa_valeur(monde: Monde) -> None:
    champs = {**FICHE, "version": 0, "etat": "retenu", "montant": "9999999", "organisme": "310000123"}
    reponse = _client(monde.porteur).post(
        reverse("dossiers:section", args=[monde.dossier.pk, "contacts"]), champs
    )
    assert reponse.status_code == 302
    dossier = monde.relire()
    assert (dossier.etat, dossier.organisme) == (Etat.BROUILLON, monde.entite.finess_ej)
    entree = Entree.objects.get(chaine=CHAINE)
    assert entree.geste == "champs_ignores"
    assert entree.contenu["champs"] == ["etat", "montant", "organisme"]
    assert "9999999" not in str(entree.contenu)


def test_noms_de_champs_hostiles_sont_bornes_et_lisibles(monde: Monde) -> None:
    noms = ["a\x00b", "\u202egpj", "x" * 5_000, *(f"z{rang:03d}" for rang in range(200))]
    corps = "&".join(f"{quote(nom)}=1" for nom in noms) + "&%ED%A0%80=1&version=0"
    reponse = _client(monde.porteur).post(
        reverse("dossiers:section", args=[monde.dossier.pk, "contacts"]),
        corps,
        content_type="application/x-www-form-urlencoded",
    )
    assert reponse.status_code == 302
    champs = Entree.objects.get(chaine=CHAINE).contenu["champs"]
    assert len(champs) == 20
    assert {"a\\x00b", "x" * 80} <= set(champs)
    assert all(nom.isascii() and nom.isprintable() and len(nom) <= 80 for nom in champs)


def test_deluge_de_refus_ne_remplit_pas_le_journal(monde: Monde, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DebitDuJournal, "rate", "3/hour")
    client = _client(monde.porteur)
    statuts = {client.get(reverse("dossiers:dossier", args=[uuid.uuid4()])).status_code for _ in range(10)}
    assert statuts == {404}
    assert len(_releve()) == 3


def test_anonyme_et_adresse_inconnue_n_ecrivent_rien(monde: Monde, client: Client) -> None:
    assert client.get(reverse("dossiers:dossier", args=[monde.dossier.pk])).status_code == 302
    assert client.get("/inconnue/").status_code == 404
    assert _client(monde.porteur).get("/inconnue/").status_code == 404
    assert _releve() == []


def test_formulaires_honnetes_n_ont_pas_de_champ_ignore(monde: Monde) -> None:
    client = _client(monde.porteur)
    page = client.get(reverse("dossiers:section", args=[monde.dossier.pk, "contacts"]))
    client.post(page.request["PATH_INFO"], {**FICHE, "version": 0})
    textes = {**dict.fromkeys(monde.saisies()["projet"], "x"), "version": 0}
    assert (
        client.post(reverse("dossiers:section", args=[monde.dossier.pk, "projet"]), textes).status_code == 302
    )
    assert client.post(reverse("comptes:deconnexion")).status_code == 302
    assert _releve() == []
