"""Fields that a form does not ask for: ignored, and named in the security journal without their value."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from esms.comptes.models import Role
from esms.habilitations.models import DemandeDeRattachement, Invitation
from esms.journal.models import Entree
from instruction.models import Cote, Message
from tests.fabriques import Monde, organisme, ouvrir_session, pdf, rattacher, utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def joue() -> Monde:
    return Monde(nombre=8)


def _nommes() -> list[Any]:
    entrees = Entree.objects.filter(chaine="securite", geste="champs_ignores").order_by("rang")
    return [entree.contenu["champs"] for entree in entrees]


def _envoyer(personne: Any, adresse: str, **envoi: Any) -> int:
    return ouvrir_session(Client(), personne).post(adresse, envoi).status_code


def test_message_ne_choisit_ni_son_auteur_ni_son_cote(joue: Monde) -> None:
    adresse = f"/dossiers/{joue.dossier.pk}/messages/envoyer/"
    champs = {"cle": str(uuid4()), "texte": "Bonjour.", "cote": "ars", "auteur": str(joue.instructeur.pk)}
    assert _envoyer(joue.porteur, adresse, **champs) == 302
    assert list(Message.objects.values_list("cote", "auteur")) == [(Cote.PORTEUR, joue.porteur.pk)]
    assert _nommes() == [["auteur", "cote"]]


def test_invitation_ne_choisit_ni_son_organisme_ni_sa_page_d_arrivee(joue: Monde) -> None:
    og = joue.entite.finess_ej
    champs = {"courriel": "x@essais.example", "role": "redacteur", "fin": ""}
    interdits = {"organisme": "310000008", "lien_apres": "//mal.example", "portee": str(uuid4())}
    assert _envoyer(joue.porteur, f"/droits/equipe/og-{og}/inviter/", **champs, **interdits) == 302
    faite = Invitation.objects.get()
    assert (faite.organisme, faite.portee) == (og, None)
    assert faite.lien_apres == f"/droits/equipe/og-{og}/"
    assert _nommes() == [["lien_apres", "organisme", "portee"]]


def test_demande_ne_s_accepte_pas_elle_meme(joue: Monde) -> None:
    personne = utilisateur()
    champs = {
        "organisme": organisme(5).finess_ej,
        "fonction": "Directrice",
        "acceptee": "1",
        "role": "porteur",
    }
    assert _envoyer(personne, "/droits/demander/", **champs) == 302
    assert DemandeDeRattachement.objects.get().acceptee is None
    assert not personne.rattachements.exists()
    assert _nommes() == [["acceptee", "role"]]


def test_piece_et_section_ne_changent_pas_le_dossier(joue: Monde) -> None:
    racine = f"/dossiers/{joue.dossier.pk}"
    fichier = SimpleUploadedFile("n.pdf", pdf("n"))
    joindre = f"{racine}/pieces/P1/joindre/"
    assert _envoyer(joue.porteur, joindre, fichier=fichier, analyse="saine", dossier=str(uuid4())) == 302
    risques = f"{racine}/section/risques/"
    assert _envoyer(joue.porteur, risques, version="0", etat="retenu", montant="1") == 302
    assert (joue.relire().etat, joue.dossier.pieces.count()) == ("brouillon", 1)
    assert _nommes() == [["analyse", "dossier"], ["etat", "montant"]]


def test_campagne_ne_change_ni_d_ars_ni_d_edition(joue: Monde) -> None:
    rattacher(joue.administrateur, Role.ADMINISTRATEUR, ars="01")
    adresse = f"/campagnes/{joue.campagne.pk}/enveloppe/"
    envoi = {"enveloppe": "1000000", "ars": "01", "edition": "guadeloupe-2022"}
    assert _envoyer(joue.administrateur, adresse, **envoi) == 302
    joue.campagne.refresh_from_db()
    assert (joue.campagne.ars, joue.campagne.edition) == ("76", "occitanie-2025")
    assert _nommes() == [["ars", "edition"]]
