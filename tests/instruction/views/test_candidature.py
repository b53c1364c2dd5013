"""A draft: created, its pieces joined, its composition changed, filed."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from instruction.etats import Etat
from instruction.models import Dossier, Piece
from tests.fabriques import Monde, entree, organisme, pdf, porteur, simulation

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def client_porteur(monde: Monde) -> Client:
    client = Client()
    client.force_login(monde.porteur)
    return client


def adresse(monde: Monde, nom: str, *suite: Any) -> str:
    return reverse(f"dossiers:{nom}", args=[monde.dossier.pk, *suite])


def _joindre(client: Client, monde: Monde, nom: str, octets: bytes, **autres: Any) -> Any:
    fichier = SimpleUploadedFile(nom, octets)
    return client.post(adresse(monde, "joindre", "P1"), {"fichier": fichier, **autres})


def test_piece_se_joint_se_remplace_et_l_ancienne_est_gardee(monde: Monde, client_porteur: Client) -> None:
    assert _joindre(client_porteur, monde, "../../un.pdf", pdf("un")).status_code == 302
    premiere = monde.dossier.pieces.get()
    assert premiere.nom == "un.pdf"
    assert premiere.fichier.name == f"pieces/{monde.dossier.pk}/{premiere.pk}"
    assert _joindre(client_porteur, monde, "deux.pdf", pdf("deux"), remplace=premiere.pk).status_code == 302
    premiere.refresh_from_db()
    assert premiere.retiree_par == monde.porteur
    assert [p.nom for p in monde.dossier.pieces.filter(retiree_le__isnull=True)] == ["deux.pdf"]
    with premiere.fichier.open() as fichier:
        assert fichier.read() == pdf("un")


def test_meme_piece_envoyee_deux_fois_n_en_fait_qu_une(monde: Monde, client_porteur: Client) -> None:
    for _ in range(2):
        assert _joindre(client_porteur, monde, "un.pdf", pdf("un")).status_code == 302
    assert Piece.objects.count() == 1


def test_piece_refusee_ne_laisse_rien_et_garde_les_autres(
    monde: Monde, client_porteur: Client, settings: Any
) -> None:
    _joindre(client_porteur, monde, "bonne.pdf", pdf("bonne"))
    reponse = _joindre(client_porteur, monde, "faux.pdf", b"du texte")
    assert reponse.status_code == 400
    assert "ne correspond pas à son extension" in reponse.content.decode()
    assert [p.nom for p in Piece.objects.all()] == ["bonne.pdf"]
    assert len([f for f in settings.MEDIA_ROOT.rglob("*") if f.is_file()]) == 1


def test_envoi_sans_fichier_le_dit(monde: Monde, client_porteur: Client) -> None:
    reponse = client_porteur.post(adresse(monde, "joindre", "P1"))
    assert reponse.status_code == 400
    assert "Choisissez un fichier." in reponse.content.decode()


def test_piece_inconnue_de_l_edition_est_introuvable(monde: Monde, client_porteur: Client) -> None:
    fichier = SimpleUploadedFile("a.pdf", pdf())
    assert client_porteur.post(adresse(monde, "joindre", "P99"), {"fichier": fichier}).status_code == 404


def test_fichier_se_telecharge_en_piece_jointe(monde: Monde, client_porteur: Client) -> None:
    _joindre(client_porteur, monde, "devis été.pdf", pdf("un"))
    reponse = client_porteur.get(adresse(monde, "telecharger", monde.dossier.pieces.get().pk))
    assert b"".join(reponse.streaming_content) == pdf("un")
    for fermer in reponse._resource_closers:
        fermer()
    assert reponse["Content-Disposition"].startswith("attachment")
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Content-Type"] == "application/octet-stream"


def test_fichier_retire_n_est_plus_lu_par_l_ars(monde: Monde, client_porteur: Client) -> None:
    _joindre(client_porteur, monde, "retiré.pdf", pdf("retiré"))
    piece = monde.dossier.pieces.get()
    assert client_porteur.post(adresse(monde, "retirer", piece.pk)).status_code == 302
    monde.amener(Etat.DEPOSE)
    agent = Client()
    agent.force_login(monde.instructeur)
    assert agent.get(adresse(monde, "telecharger", piece.pk)).status_code == 404


def test_autre_simulation_change_la_grappe_et_garde_les_textes(monde: Monde, client_porteur: Client) -> None:
    monde.ecrire("projet", {"efficience": "Gardé"})
    nouvelle = simulation(entree(monde.entite, 18))
    reponse = client_porteur.post(
        adresse(monde, "grappe"), {"simulation": f"https://x/simuler/{nouvelle.cle}/"}
    )
    assert reponse.status_code == 302
    dossier = monde.relire()
    assert (dossier.nombre_essms, dossier.grappe.essms.count()) == (18, 18)
    assert monde.section("projet").contenu == {"efficience": "Gardé"}


def test_simulation_d_un_autre_porteur_est_refusee(monde: Monde, client_porteur: Client) -> None:
    autre = simulation(entree(organisme(2), 15))
    reponse = client_porteur.post(adresse(monde, "grappe"), {"simulation": autre.cle})
    assert reponse.status_code == 400
    assert "désigne un autre porteur" in reponse.content.decode()
    assert monde.relire().simulation_id == monde.simulation.pk


def test_creation_envoyee_deux_fois_fait_un_brouillon(monde: Monde, client_porteur: Client) -> None:
    corps = {
        "simulation": monde.simulation.cle,
        "identifiant": str(uuid.uuid4()),
        "campagne": monde.campagne.pk,
        "organisme": monde.entite.finess_ej,
        "autre": "on",
    }
    lieux = {client_porteur.post(reverse("dossiers:creer"), corps)["Location"] for _ in range(2)}
    assert lieux == {reverse("dossiers:dossier", args=[corps["identifiant"]])}
    assert Dossier.objects.count() == 2


def test_creation_sans_compte_passe_par_la_connexion_et_revient(monde: Monde) -> None:
    reponse = Client().post(reverse("dossiers:creer"), {"simulation": monde.simulation.cle})
    assert reponse.status_code == 302
    assert reponse["Location"].startswith("/compte/connexion/?next=")
    assert monde.simulation.cle in reponse["Location"]


def test_creation_pour_un_organisme_qui_n_est_pas_le_sien_est_refusee(
    monde: Monde, client_porteur: Client
) -> None:
    corps = {
        "simulation": monde.simulation.cle,
        "identifiant": str(uuid.uuid4()),
        "campagne": monde.campagne.pk,
        "organisme": organisme(2).finess_ej,
    }
    assert client_porteur.post(reverse("dossiers:creer"), corps).status_code == 400
    assert Dossier.objects.count() == 1


def test_depot_par_l_ecran_donne_l_accuse_et_le_second_clic_aussi(
    monde: Monde, client_porteur: Client
) -> None:
    monde.completer()
    for _ in range(2):
        reponse = client_porteur.post(adresse(monde, "deposer"))
        assert reponse["Location"] == adresse(monde, "accuse")
    page = client_porteur.get(adresse(monde, "accuse")).content.decode()
    assert "OCC-2025-0001" in page
    assert monde.relire().depot.empreinte in page
    assert "L. 112-11" in page


def test_depot_incomplet_par_l_ecran_dit_pourquoi(monde: Monde, client_porteur: Client) -> None:
    reponse = client_porteur.post(adresse(monde, "deposer"))
    assert reponse.status_code == 400
    assert "P1 – Document de candidature" in reponse.content.decode()
    assert monde.relire().etat == Etat.BROUILLON


def test_identifiant_deja_pris_par_un_autre_est_refuse(monde: Monde) -> None:
    autre = Client()
    autre.force_login(porteur(monde.entite.finess_ej))
    corps = {
        "simulation": monde.simulation.cle,
        "identifiant": str(monde.dossier.pk),
        "campagne": monde.campagne.pk,
        "organisme": monde.entite.finess_ej,
    }
    reponse = autre.post(reverse("dossiers:creer"), corps)
    assert reponse.status_code == 400
    assert "Ce formulaire a déjà servi" in reponse.content.decode()


@pytest.mark.parametrize("cle", ["", "\x00", "0" * 20, "0" * 3000])
def test_simulation_inconnue_est_introuvable(client_porteur: Client, cle: str) -> None:
    assert client_porteur.get(reverse("dossiers:creer"), {"simulation": cle}).status_code == 404


def test_remplacement_envoye_deux_fois_n_a_qu_un_effet(monde: Monde, client_porteur: Client) -> None:
    _joindre(client_porteur, monde, "un.pdf", pdf("un"))
    premiere = monde.dossier.pieces.get()
    for _ in range(2):
        reponse = _joindre(client_porteur, monde, "deux.pdf", pdf("deux"), remplace=premiere.pk)
        assert reponse.status_code == 302
    assert [p.nom for p in monde.dossier.pieces.filter(retiree_le__isnull=True)] == ["deux.pdf"]
    assert monde.dossier.pieces.count() == 2


def test_remplacement_d_un_fichier_inconnu_est_dit(monde: Monde, client_porteur: Client) -> None:
    reponse = _joindre(client_porteur, monde, "un.pdf", pdf("un"), remplace=uuid.uuid4())
    assert reponse.status_code == 400
    assert not monde.dossier.pieces.exists()
