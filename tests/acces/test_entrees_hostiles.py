"""What no browser types: a NUL, a version that never was, a day before the first; refused, never a 500."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from esms.habilitations.models import Invitation
from esms.socle.televersement import DebitDesFichiers
from instruction.actions.reponse import joindre_complement
from instruction.models import ElementDemande
from tests.fabriques import Monde, organisme, ouvrir_session, pdf, utilisateur

pytestmark = pytest.mark.django_db
NUL = "a\x00b"
SECTIONS = ("porteur", "contacts", "projet", "usages", "risques", "planning", "budget", "si")


@pytest.fixture
def joue(client: Client) -> Monde:
    monde = Monde(nombre=8)
    ouvrir_session(client, monde.porteur)
    return monde


@pytest.mark.parametrize(
    "chemin", ["/appels/%00/", "/appels/%00/documents/00000000-0000-0000-0000-000000000000/"]
)
def test_nul_dans_une_adresse_publique_est_introuvable(client: Client, chemin: str) -> None:
    assert client.get(chemin).status_code == 404


@pytest.mark.parametrize("suite", ["section/%00/", "modeles/%00/", "grappe/essms/%00/", "grappe/membre/%00/"])
def test_nul_dans_l_adresse_d_un_dossier_est_introuvable(client: Client, joue: Monde, suite: str) -> None:
    assert client.get(f"/dossiers/{joue.dossier.pk}/{suite}").status_code == 404


def test_nul_dans_le_numero_d_un_organisme_ne_choisit_rien(client: Client) -> None:
    ouvrir_session(client, utilisateur())
    assert client.get("/droits/demander/", {"organisme": NUL}).status_code == 200
    assert client.post("/droits/demander/", {"organisme": NUL, "fonction": "x"}).status_code == 400


def test_fonction_demandee_est_lue_sans_marque_de_direction(client: Client) -> None:
    personne = utilisateur()
    ouvrir_session(client, personne)
    envoi = {"organisme": organisme().finess_ej, "fonction": "Direc\u202etrice\n"}
    page = client.get(client.post("/droits/demander/", envoi)["Location"]).content.decode()
    assert ("Directrice" in page, "\u202e" in page) == (True, False)


@pytest.mark.parametrize("jusqua", [NUL, "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_instant_impossible_de_lecture_des_messages(client: Client, joue: Monde, jusqua: str) -> None:
    lus = client.post(f"/dossiers/{joue.dossier.pk}/messages/lus/", {"jusqua": jusqua})
    assert lus.status_code == 302


@pytest.mark.parametrize("version", ["1", "2147483648", "9" * 20])
def test_version_qui_n_a_jamais_ete_est_un_conflit(client: Client, joue: Monde, version: str) -> None:
    envoi = {"version": version, "contact_nom": "Camille"}
    page = client.post(f"/dossiers/{joue.dossier.pk}/section/contacts/", envoi)
    assert (page.status_code, "Camille" in page.content.decode()) == (409, True)


@pytest.mark.parametrize("cle", SECTIONS)
def test_section_lit_ou_refuse_toute_valeur(client: Client, joue: Monde, cle: str) -> None:
    adresse = f"/dossiers/{joue.dossier.pk}/section/{cle}/"
    formulaire: Any = client.get(adresse).context["form"]
    for valeur in (NUL, "a\u202eb", "9" * 400, "1e999999", "NaN", "١٢٣", "-1"):
        envoi = dict.fromkeys(formulaire.fields, valeur)
        reponse = client.post(adresse, envoi | {"version": str(joue.section(cle).version)})
        assert (valeur, reponse.status_code) in ((valeur, 302), (valeur, 400))
        assert "\u202e" not in str(joue.section(cle).contenu)


def test_piece_d_une_reponse_non_envoyee_reste_au_porteur(client: Client, joue: Monde) -> None:
    joue.amener("complements_demandes")
    element = ElementDemande.objects.get()
    piece = joindre_complement(element=element, nom="p.pdf", fichier=BytesIO(pdf("P")), par=joue.porteur)
    adresse = f"/dossiers/{joue.dossier.pk}/pieces/{piece.pk}/"
    agent = ouvrir_session(Client(), joue.instructeur)
    lue = client.get(adresse)
    assert (b"".join(lue.streaming_content)[:5], lue.status_code) == (b"%PDF-", 200)
    assert agent.get(adresse).status_code == 404


def test_demandes_de_role_a_repetition_sont_freinees(client: Client) -> None:
    ouvrir_session(client, utilisateur())
    envoi = {"organisme": organisme().finess_ej, "fonction": "Directrice"}
    statuts = []
    for _ in range(11):
        reponse = client.post("/droits/demander/", envoi)
        statuts.append(reponse.status_code)
        client.post(f"{reponse.headers.get('Location', '/droits/demandes/0/')}retirer/")
    assert statuts == [302] * 10 + [429]


def test_invitations_a_repetition_sont_freinees(client: Client, joue: Monde) -> None:
    adresse = f"/droits/equipe/og-{joue.entite.finess_ej}/inviter/"
    statuts = []
    for rang in range(61):
        envoi = {"courriel": f"x{rang}@essais.example", "role": "redacteur"}
        statuts.append(client.post(adresse, envoi).status_code)
        Invitation.objects.en_attente().delete()
    assert statuts == [302] * 60 + [429]


def test_fichiers_a_repetition_sont_freines_a_toutes_les_portes(client: Client, joue: Monde) -> None:
    frein, envoi = DebitDesFichiers(), RequestFactory().post("/")
    envoi.user = joue.porteur
    frein.cache.set(frein.get_cache_key(envoi, None), [frein.timer()] * 239)
    assert frein.attente(envoi) == 0
    for porte in ("pieces/P1/joindre/", "messages/envoyer/", "budget/tableur/"):
        fichier = SimpleUploadedFile("n.pdf", pdf("n"))
        reponse = client.post(f"/dossiers/{joue.dossier.pk}/{porte}", {"fichier": fichier})
        assert (porte, reponse.status_code, int(reponse["Retry-After"]) > 0) == (porte, 429, True)
    sans_fichier = client.post(f"/dossiers/{joue.dossier.pk}/section/risques/", {"version": "0"})
    assert (sans_fichier.status_code, joue.dossier.pieces.count()) == (302, 0)
