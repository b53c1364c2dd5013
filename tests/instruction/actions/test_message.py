"""Messages: written once, to the right side, for good; read by whom, journaled without their text."""

import io
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from esms.comptes.models import Role
from esms.courriels.models import Courriel, Notification
from esms.journal.models import Entree
from instruction.actions.garde import EtatDepasse, GesteRefuse
from instruction.actions.message import Fichier, ecrire_message, marquer_lus
from instruction.etats import Etat
from instruction.fichiers import FichierRefuse
from instruction.models import Cote, LectureDeMessage, Message, PieceDeMessage
from instruction.requetes_messages import a_lire, avec_non_lus, fils_visibles_par
from tests.fabriques import Monde, agent, pdf, porteur
from tests.rigueur.courses import croiser, ensemble, sans_verrou

SECRET = "Le code postal de la résidence a changé."


def ecrire(monde: Monde, par: Any = None, texte: str = SECRET, **options: Any) -> Message:
    demande = {"identifiant": uuid4(), "fichiers": [], **options}
    return ecrire_message(dossier=monde.dossier, texte=texte, par=par or monde.porteur, **demande)


def fichier(nom: str = "plan.pdf", octets: bytes | None = None) -> Fichier:
    return Fichier(nom, io.BytesIO(pdf(nom) if octets is None else octets))


@pytest.mark.django_db
def test_message_du_porteur_est_ecrit_journalise_et_annonce_a_l_ars_sans_son_texte() -> None:
    monde = Monde()
    message = ecrire(monde, fichiers=[fichier()])
    assert (message.cote, message.texte, message.auteur) == (Cote.PORTEUR, SECRET, monde.porteur)
    entree = Entree.objects.filter(chaine=monde.dossier.chaine).latest("rang")
    (piece,) = message.pieces.all()
    assert entree.geste == "ecrire_message"
    assert entree.contenu["sha256"] == sha256(SECRET.encode()).hexdigest()
    assert entree.contenu["fichiers"] == [piece.sha256]
    assert SECRET not in str(entree.contenu)
    (courriel,) = Courriel.objects.filter(gabarit="message_recu")
    assert courriel.a == monde.campagne.courriel
    assert courriel.lien == f"/dossiers/{monde.dossier.pk}/messages/"
    assert SECRET not in courriel.texte + courriel.objet + str(courriel.contexte)
    assert "plan" not in courriel.texte + str(courriel.contexte)


@pytest.mark.django_db
def test_message_de_l_ars_est_annonce_au_porteur_dans_le_portail() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    ecrire(monde, monde.instructeur)
    (courriel,) = Courriel.objects.filter(gabarit="message_recu", a=monde.porteur.courriel)
    assert "L’ARS vous a écrit" in courriel.texte
    assert Notification.objects.get(courriel=courriel).utilisateur == monde.porteur


@pytest.mark.django_db
@pytest.mark.parametrize("texte", ["", "  \r\n ", "a" * 5001])
def test_message_vide_ou_trop_long_est_refuse(texte: str) -> None:
    monde = Monde()
    with pytest.raises(GesteRefuse):
        ecrire(monde, texte=texte)
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_meme_formulaire_envoye_deux_fois_donne_un_message() -> None:
    monde, cle = Monde(), uuid4()
    premier = ecrire(monde, identifiant=cle, fichiers=[fichier()])
    assert ecrire(monde, identifiant=cle, fichiers=[fichier()]) == premier
    counts = (Message.objects.count(), PieceDeMessage.objects.count())
    assert (*counts, Courriel.objects.filter(gabarit="message_recu").count()) == (1, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("changement", [{"texte": "Autre chose."}, {"fichiers": [fichier()]}])
def test_meme_formulaire_avec_autre_chose_est_un_conflit(changement: dict[str, Any]) -> None:
    monde, cle = Monde(), uuid4()
    ecrire(monde, identifiant=cle)
    with pytest.raises(EtatDepasse):
        ecrire(monde, **{"identifiant": cle, **changement})
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_formulaire_d_un_autre_ne_rend_pas_son_message() -> None:
    monde, cle = Monde(), uuid4()
    ecrire(monde, identifiant=cle)
    second = porteur(monde.entite.finess_ej)
    with pytest.raises(EtatDepasse):
        ecrire(monde, second, identifiant=cle)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nom", "octets", "cause"),
    [
        ("programme.exe", b"MZ", "n’est pas accepté"),
        ("plan.pdf", b"<html>", "ne correspond pas à son extension"),
        ("vide.pdf", b"", "est vide"),
        ("../../x.docm", b"PK", "n’est pas accepté"),
    ],
)
def test_fichier_hostile_refuse_le_message_entier(nom: str, octets: bytes, cause: str) -> None:
    monde = Monde()
    with pytest.raises(FichierRefuse, match=cause):
        ecrire(monde, fichiers=[fichier(), fichier(nom, octets)])
    assert (Message.objects.count(), PieceDeMessage.objects.count()) == (0, 0)
    assert not default_storage.exists("messages")


@pytest.mark.django_db
def test_antivirus_absent_ou_inquiet_refuse_le_fichier(settings: Any) -> None:
    settings.ESMS_CLAMAV = "127.0.0.1:1"
    monde = Monde()
    with pytest.raises(FichierRefuse, match="L’antivirus ne répond pas"):
        ecrire(monde, fichiers=[fichier()])
    assert ecrire(monde).texte == SECRET  # the text alone goes through


@pytest.mark.django_db
def test_nom_du_fichier_est_nettoye_et_ne_sert_pas_de_chemin() -> None:
    monde = Monde()
    message = ecrire(monde, fichiers=[fichier("../../été\u202e\x00.pdf", pdf("x"))])
    (piece,) = message.pieces.all()
    assert piece.nom == "été.pdf"
    assert piece.fichier.name == f"messages/{message.pk}/{piece.pk}"


@pytest.mark.django_db
def test_message_ne_se_change_ni_ne_s_efface() -> None:
    monde = Monde()
    message = ecrire(monde, fichiers=[fichier()])
    for geste in (
        lambda: Message.objects.update(texte="autre"),
        lambda: PieceDeMessage.objects.update(nom="autre"),
        lambda: PieceDeMessage.objects.all()._raw_delete("default"),
        lambda: Message.objects.filter(pk=message.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            geste()


@pytest.mark.django_db
def test_brouillon_dont_le_porteur_n_a_rien_dit_reste_inconnu_de_l_ars() -> None:
    monde = Monde()
    assert not fils_visibles_par(monde.instructeur).exists()
    with pytest.raises(PermissionDenied):
        ecrire(monde, monde.instructeur)
    ecrire(monde)
    assert list(fils_visibles_par(monde.instructeur)) == [monde.dossier]
    assert ecrire(monde, monde.instructeur).cote == Cote.ARS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "ars", "voit"),
    [
        (Role.INSTRUCTEUR, "76", True),
        (Role.JURY, "76", True),
        (Role.GRADES, "76", False),
        (Role.INSTRUCTEUR, "11", False),
        (Role.AUDITEUR, "", True),
        (Role.NATIONAL, "", False),
    ],
)
def test_fil_d_un_dossier_depose_se_voit_selon_le_role(role: Role, ars: str, voit: bool) -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    assert fils_visibles_par(agent(role, ars)).exists() is voit


@pytest.mark.django_db
def test_fil_d_un_brouillon_n_est_pas_lu_par_l_auditeur() -> None:
    monde = Monde()
    ecrire(monde)
    assert not fils_visibles_par(agent(Role.AUDITEUR, "")).exists()


@pytest.mark.django_db
def test_jury_et_auditeur_n_ecrivent_ni_ne_marquent_lu() -> None:
    monde = Monde()
    monde.amener(Etat.DEPOSE)
    ecrire(monde)
    for lecteur in (agent(Role.JURY), agent(Role.AUDITEUR, "")):
        with pytest.raises(PermissionDenied):
            ecrire(monde, lecteur)
        with pytest.raises(PermissionDenied):
            marquer_lus(dossier=monde.dossier, jusqua=timezone.now(), par=lecteur)
    assert not LectureDeMessage.objects.exists()


@pytest.mark.django_db
def test_message_est_lu_par_un_cote_des_qu_un_seul_l_a_lu() -> None:
    monde = Monde()
    ecrire(monde)
    ecrire(monde)
    assert a_lire(Cote.ARS).count() == 2
    assert a_lire(Cote.PORTEUR).count() == 0
    assert marquer_lus(dossier=monde.dossier, jusqua=timezone.now(), par=monde.instructeur) == 2
    assert marquer_lus(dossier=monde.dossier, jusqua=timezone.now(), par=monde.instructeur) == 0
    assert marquer_lus(dossier=monde.dossier, jusqua=timezone.now(), par=monde.valideur) == 2
    assert a_lire(Cote.ARS).count() == 0
    (dossier,) = avec_non_lus(fils_visibles_par(monde.porteur))
    assert (dossier.non_lus_porteur, dossier.non_lus_ars) == (0, 0)


@pytest.mark.django_db
def test_message_arrive_pendant_la_lecture_reste_non_lu() -> None:
    monde = Monde()
    vu = ecrire(monde)
    ecrire(monde)
    assert marquer_lus(dossier=monde.dossier, jusqua=vu.le, par=monde.instructeur) == 1
    assert a_lire(Cote.ARS).count() == 1


@pytest.mark.django_db
def test_repondre_marque_lu_ce_qui_precede() -> None:
    monde = Monde()
    ecrire(monde)
    ecrire(monde, monde.instructeur)
    assert (a_lire(Cote.ARS).count(), a_lire(Cote.PORTEUR).count()) == (0, 1)


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_double_clic_n_envoie_qu_un_message() -> None:
    monde, cle = Monde(), uuid4()
    rendus = ensemble(3, lambda rang: ecrire(monde, identifiant=cle).pk)
    assert len(set(rendus)) == 1
    assert rendus[0] == Message.objects.get().pk
    assert Courriel.objects.filter(gabarit="message_recu").count() == 1


@pytest.mark.concurrence
@pytest.mark.django_db(transaction=True)
def test_double_clic_sans_le_verrou_echoue() -> None:
    monde, cle = Monde(), uuid4()
    clic = partial(ecrire, monde, identifiant=cle)
    rendus = croiser(clic, clic, avant='INSERT INTO "instruction_message"', preparer=sans_verrou)
    assert [type(rendu) for rendu in rendus] == [IntegrityError, Message]
