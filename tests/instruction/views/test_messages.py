"""The thread on screen: who sees it, what is kept on error, files as attachments, no query per row."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from esms.comptes.models import Role, Utilisateur
from instruction.actions.message import Fichier, ecrire_message
from instruction.debits_messages import MessagesParPersonne
from instruction.etats import Etat
from instruction.models import LectureDeMessage, Message
from tests.fabriques import Monde, agent, pdf

pytestmark = pytest.mark.django_db
TEXTE = "Peut-on joindre deux devis ?"


@pytest.fixture
def monde() -> Monde:
    return Monde()


@pytest.fixture
def chez(monde: Monde) -> Callable[[Utilisateur], Client]:
    """A browser where that person is signed in."""

    def connecter(personne: Utilisateur) -> Client:
        client = Client()
        client.force_login(personne)
        return client

    return connecter


def adresse(monde: Monde, suite: str = "") -> str:
    return f"/dossiers/{monde.dossier.pk}/messages/{suite}"


def envoyer(client: Client, monde: Monde, **champs: Any) -> Any:
    return client.post(adresse(monde, "envoyer/"), {"cle": str(uuid4()), "texte": TEXTE, **champs})


def ecrire(monde: Monde, par: Utilisateur, texte: str = TEXTE, *fichiers: Fichier) -> Message:
    return ecrire_message(
        identifiant=uuid4(), dossier=monde.dossier, texte=texte, fichiers=list(fichiers), par=par
    )


def test_porteur_ecrit_des_le_brouillon_et_l_ars_repond(monde: Monde, chez: Any) -> None:
    porteur, ars = chez(monde.porteur), chez(monde.instructeur)
    assert ars.get(adresse(monde)).status_code == 404
    reponse = envoyer(porteur, monde)
    assert (reponse.status_code, reponse["Location"]) == (302, adresse(monde))
    page = ars.get(adresse(monde)).content.decode()
    assert TEXTE in page
    assert "Non lu" in page
    assert ars.get(f"/dossiers/{monde.dossier.pk}/").status_code == 404  # the thread, not the draft
    assert envoyer(ars, monde, texte="Oui.").status_code == 302
    page = porteur.get(adresse(monde)).content.decode()
    assert "Oui." in page
    assert f"ARS – {monde.campagne.service}" in page
    assert monde.instructeur.nom not in page
    assert "Lu par l’ARS" in page  # answering is reading


def test_page_ne_marque_rien_et_le_bouton_marque_ce_qui_etait_montre(monde: Monde, chez: Any) -> None:
    message = ecrire(monde, monde.porteur)
    ars = chez(monde.instructeur)
    ars.get(adresse(monde))
    assert not LectureDeMessage.objects.exists()
    ecrire(monde, monde.porteur, "Arrivé depuis.")
    ars.post(adresse(monde, "lus/"), {"jusqua": message.le.isoformat()})
    assert list(LectureDeMessage.objects.values_list("message", "utilisateur")) == [
        (message.pk, monde.instructeur.pk)
    ]


@pytest.mark.parametrize("jusqua", ["", "n’importe quoi", "2026-13-45", "2026-01-01T00:00:00"])
def test_instant_illisible_marque_ce_qui_est_la(monde: Monde, chez: Any, jusqua: str) -> None:
    ecrire(monde, monde.porteur)
    assert chez(monde.instructeur).post(adresse(monde, "lus/"), {"jusqua": jusqua}).status_code == 302
    assert LectureDeMessage.objects.count() == 1


def test_fichier_refuse_garde_le_texte_et_rien_n_est_ecrit(monde: Monde, chez: Any) -> None:
    reponse = envoyer(chez(monde.porteur), monde, fichiers=SimpleUploadedFile("virus.exe", b"MZ"))
    page = reponse.content.decode()
    assert reponse.status_code == 400
    assert TEXTE in page
    assert "« virus.exe » : Ce type de fichier n’est pas accepté" in page.replace("\u00a0", " ")
    assert "Choisissez de nouveau vos fichiers" in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("texte", ["", " ", "a" * 5001])
def test_texte_vide_ou_trop_long_revient_avec_sa_raison(monde: Monde, chez: Any, texte: str) -> None:
    reponse = envoyer(chez(monde.porteur), monde, texte=texte)
    assert reponse.status_code == 400
    assert "Le formulaire contient des erreurs" in reponse.content.decode()


def test_double_clic_puis_retour_arriere(monde: Monde, chez: Any) -> None:
    client, cle = chez(monde.porteur), str(uuid4())
    statuts = [envoyer(client, monde, cle=cle).status_code for _ in range(2)]
    autre = envoyer(client, monde, cle=cle, texte="Autre texte, même formulaire.")
    assert (statuts, autre.status_code, Message.objects.count()) == ([302, 302], 409, 1)
    assert "Autre texte, même formulaire." in autre.content.decode()


def test_trop_de_messages_garde_le_texte(monde: Monde, chez: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MessagesParPersonne, "rate", "1/hour")
    client = chez(monde.porteur)
    assert envoyer(client, monde).status_code == 302
    refus = envoyer(client, monde, texte="Encore moi.")
    assert (refus.status_code, int(refus["Retry-After"]) > 0) == (429, True)
    assert "Encore moi." in refus.content.decode()
    assert envoyer(chez(monde.representant), monde).status_code == 302  # counted by person


def test_fichier_est_servi_en_piece_jointe_a_qui_lit_le_fil(monde: Monde, chez: Any) -> None:
    monde.amener(Etat.DEPOSE)
    envoyer(chez(monde.porteur), monde, fichiers=SimpleUploadedFile("devis.pdf", pdf("devis")))
    piece = Message.objects.get().pieces.get()
    reponse = chez(monde.instructeur).get(adresse(monde, f"{piece.pk}/"))
    assert b"".join(reponse.streaming_content) == pdf("devis")
    assert reponse["Content-Disposition"] == 'attachment; filename="devis.pdf"'
    assert reponse["Content-Security-Policy"] == "sandbox"
    for personne in (agent(Role.INSTRUCTEUR, "11"), agent(Role.GRADES), agent(Role.NATIONAL, "")):
        assert chez(personne).get(adresse(monde, f"{piece.pk}/")).status_code == 404
    autre = Monde(rang=2)
    assert chez(autre.porteur).get(adresse(autre, f"{piece.pk}/")).status_code == 404


def test_jury_lit_sans_ecrire(monde: Monde, chez: Any) -> None:
    monde.amener(Etat.DEPOSE)
    ecrire(monde, monde.porteur)
    jury = chez(agent(Role.JURY))
    page = jury.get(adresse(monde)).content.decode()
    assert "Vous lisez cet échange sans y prendre part." in page
    assert "Marquer comme lu" not in page
    assert envoyer(jury, monde).status_code == 403
    assert jury.post(adresse(monde, "lus/")).status_code == 403


def test_texte_hostile_s_affiche_comme_du_texte(monde: Monde, chez: Any) -> None:
    ecrire(monde, monde.porteur, "<script>alert(1)</script> {{ dossier }}")
    page = chez(monde.instructeur).get(adresse(monde)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ dossier }}" in page


def test_listes_et_onglets_disent_les_non_lus(monde: Monde, chez: Any) -> None:
    monde.amener(Etat.DEPOSE)
    porteur, ars = chez(monde.porteur), chez(monde.instructeur)
    envoyer(porteur, monde)
    assert "1 message non lu" in ars.get("/dossiers/").content.decode()
    assert "1 non lu" in ars.get(f"/dossiers/{monde.dossier.pk}/").content.decode()
    assert "1 non lu" in ars.get("/dossiers/messages/").content.decode()
    assert "non lu" not in porteur.get("/dossiers/").content.decode().replace("non lues", "")
    envoyer(ars, monde, texte="Bien reçu.")
    assert "1 message de l’ARS non lu" in porteur.get("/dossiers/").content.decode()
    onglets = porteur.get(f"/dossiers/{monde.dossier.pk}/").context["onglets"]
    assert [o.statut for o in onglets if o.titre == "Messages avec l’ARS"] == ["1 non lu"]


def requetes(client: Client, ou: str) -> int:
    client.get(ou)
    with CaptureQueriesContext(connection) as mesure:
        assert client.get(ou).status_code == 200
    return len(mesure)


def test_fil_se_lit_en_nombre_constant_de_requetes(monde: Monde, chez: Any) -> None:
    def remplir(nombre: int) -> None:
        for _ in range(nombre):
            contenu = pdf(str(uuid4()))
            message = ecrire(monde, monde.porteur, TEXTE, Fichier("a.pdf", SimpleUploadedFile("a", contenu)))
            LectureDeMessage.objects.create(message=message, utilisateur=monde.valideur, le=message.le)

    client = chez(monde.instructeur)
    remplir(1)
    une = requetes(client, adresse(monde))
    remplir(2)
    assert requetes(client, adresse(monde)) == une <= 15


def test_fils_et_listes_se_lisent_en_nombre_constant_de_requetes(monde: Monde, chez: Any) -> None:
    monde.deposer()
    ecrire(monde, monde.porteur)
    client = chez(monde.instructeur)
    avant = [requetes(client, ou) for ou in ("/dossiers/messages/", "/dossiers/")]
    for rang in (2, 3):
        autre = Monde(rang=rang)
        autre.deposer()
        ecrire(autre, autre.porteur)
    assert [requetes(client, ou) for ou in ("/dossiers/messages/", "/dossiers/")] == avant
