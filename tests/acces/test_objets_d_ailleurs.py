"""A thing of another dossier, reached through an address or a field of one's own: never found, never changed.

The porteur and the agents see both dossiers: only the tie between the two identifiers can refuse.
"""

import io
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from esms.comptes.models import Rattachement, Role
from grappes.actions.campagne_reglages import ajouter_un_contact
from instruction.actions.campagne_documents import publier_un_document
from instruction.actions.message import Fichier, ecrire_message
from instruction.actions.reponse import joindre_complement
from instruction.models import ElementDemande, Message, Piece, VersionDeSection
from tests.fabriques import GUADELOUPE, Monde, ouvrir_session, pdf, porteur, rattacher, utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def mien() -> Monde:
    return Monde(nombre=8)


@pytest.fixture
def autre(mien: Monde) -> Monde:
    """Of another organism, of which the porteur of the first is a titulaire too."""
    la = Monde(rang=2, nombre=8)
    rattacher(mien.porteur, Role.PORTEUR, organisme=la.entite.finess_ej)
    return la


@pytest.fixture
def client_du_porteur(mien: Monde) -> Client:
    return ouvrir_session(Client(), mien.porteur)


def _adresse(dossier: UUID, suite: str) -> str:
    return f"/dossiers/{dossier}/{suite}"


def test_piece_d_un_autre_dossier_ne_se_lit_ne_se_retire_ni_ne_se_remplace(
    mien: Monde, autre: Monde, client_du_porteur: Client
) -> None:
    autre.completer()
    piece = autre.dossier.pieces.order_by("pk")[0]
    assert client_du_porteur.get(_adresse(mien.dossier.pk, f"pieces/{piece.pk}/")).status_code == 404
    assert client_du_porteur.post(_adresse(mien.dossier.pk, f"pieces/{piece.pk}/retirer/")).status_code == 404
    envoi = {"remplace": str(piece.pk), "fichier": SimpleUploadedFile("n.pdf", pdf("n"))}
    assert client_du_porteur.post(_adresse(mien.dossier.pk, "pieces/P1/joindre/"), envoi).status_code == 400
    assert Piece.objects.get(pk=piece.pk).retiree_le is None


def test_version_d_une_section_d_un_autre_dossier_ne_se_reprend_pas(
    mien: Monde, autre: Monde, client_du_porteur: Client
) -> None:
    for nom in ("Un", "Deux"):
        autre.ecrire("contacts", {"contact_nom": nom})
    adresse = _adresse(mien.dossier.pk, "section/contacts/versions/2/reprendre/")
    assert client_du_porteur.post(adresse, {"version": "0"}).status_code == 404
    assert not VersionDeSection.objects.filter(section__dossier=mien.dossier).exists()


def test_fichier_et_formulaire_d_un_message_d_un_autre_dossier(
    mien: Monde, autre: Monde, client_du_porteur: Client
) -> None:
    ecrit = ecrire_message(
        identifiant=uuid4(),
        dossier=autre.dossier,
        texte="Là.",
        fichiers=[Fichier("a.pdf", io.BytesIO(pdf("a")))],
        par=mien.porteur,
    )
    piece = ecrit.pieces.get()
    assert client_du_porteur.get(_adresse(mien.dossier.pk, f"messages/{piece.pk}/")).status_code == 404
    envoi = {"cle": str(ecrit.pk), "texte": "Là."}
    assert client_du_porteur.post(_adresse(mien.dossier.pk, "messages/envoyer/"), envoi).status_code == 409
    assert list(Message.objects.values_list("dossier", flat=True)) == [autre.dossier.pk]


def test_element_demande_a_un_autre_dossier_ne_recoit_ni_ne_rend_de_fichier(
    mien: Monde, autre: Monde, client_du_porteur: Client
) -> None:
    mien.amener("complements_demandes")
    autre.amener("complements_demandes")
    element = ElementDemande.objects.get(demande__depot__dossier=autre.dossier)
    joint = joindre_complement(element=element, nom="p.pdf", fichier=io.BytesIO(pdf("p")), par=autre.porteur)
    ou = _adresse(mien.dossier.pk, f"complements/{element.pk}/joindre/")
    assert client_du_porteur.post(ou, {"fichier": SimpleUploadedFile("n.pdf", pdf("n"))}).status_code == 404
    retrait = _adresse(mien.dossier.pk, f"complements/{joint.pk}/retirer/")
    assert client_du_porteur.post(retrait).status_code == 404
    assert list(element.pieces.filter(retiree_le__isnull=True)) == [joint]


def test_contact_et_document_d_une_autre_campagne(mien: Monde) -> None:
    la = Monde(GUADELOUPE, nombre=8)
    client = ouvrir_session(Client(), rattacher(mien.administrateur, Role.ADMINISTRATEUR, ars="01"))
    valeurs = {"nom": "Accueil", "courriel": "a@essais.example"}
    contact = ajouter_un_contact(campagne=la.campagne, valeurs=valeurs, par=la.administrateur)
    document = publier_un_document(
        campagne=la.campagne, titre="C", nom="c.pdf", fichier=io.BytesIO(pdf("c")), par=la.administrateur
    )
    racine = f"/campagnes/{mien.campagne.pk}"
    assert client.get(f"{racine}/contacts/{contact.pk}/").status_code == 404
    client.post(f"{racine}/contacts/{contact.pk}/retirer/")
    assert client.post(f"{racine}/documents/{document.pk}/retirer/").status_code == 404
    public = Client().get(f"/appels/{mien.campagne.sigle}/documents/{document.pk}/")
    assert public.status_code == 404
    assert (la.campagne.contacts.count(), la.campagne.documents.get().retire_le) == (1, None)


def test_document_retire_d_une_campagne_n_est_plus_public(mien: Monde) -> None:
    document = publier_un_document(
        campagne=mien.campagne, titre="C", nom="c.pdf", fichier=io.BytesIO(pdf("c")), par=mien.administrateur
    )
    adresse = f"/appels/{mien.campagne.sigle}/documents/{document.pk}/"
    agent = ouvrir_session(Client(), mien.administrateur)
    assert agent.post(f"/campagnes/{mien.campagne.pk}/documents/{document.pk}/retirer/").status_code == 302
    assert [Client().get(adresse).status_code, agent.get(adresse).status_code] == [404, 404]


def test_titulaire_n_invite_ni_ne_retire_chez_un_autre_organisme(mien: Monde) -> None:
    la = porteur("310000008")
    droit = Rattachement.objects.get(utilisateur=la)
    client = ouvrir_session(Client(), mien.porteur)
    envoi = {"courriel": "x@essais.example", "role": "porteur", "organisme": "310000008"}
    assert client.post("/droits/equipe/og-310000008/inviter/", envoi).status_code == 404
    assert client.post(f"/droits/roles/{droit.pk}/retirer/").status_code == 404
    assert client.post(f"/droits/roles/{droit.pk}/confier/", {"role": "porteur"}).status_code == 404
    # A role of another kind of place, in the form of one's own.
    chez_moi = f"/droits/equipe/og-{mien.entite.finess_ej}/inviter/"
    assert client.post(chez_moi, {**envoi, "role": "administrateur"}).status_code == 400
    droit.refresh_from_db()
    assert droit.retire_le is None


def test_representant_d_un_autre_organisme_ne_certifie_pas(mien: Monde) -> None:
    mien.completer()
    la = rattacher(utilisateur(), Role.REPRESENTANT, organisme="310000008")
    envoi = {"certifie": "oui"}
    client = ouvrir_session(Client(), la)
    assert client.post(_adresse(mien.dossier.pk, "certifier/"), envoi).status_code == 404
    # A rédacteur here, représentant légal elsewhere: sees it, and certifies nothing.
    rattacher(la, Role.REDACTEUR, organisme=mien.entite.finess_ej)
    assert client.post(_adresse(mien.dossier.pk, "certifier/"), envoi).status_code == 403
    assert client.post(_adresse(mien.dossier.pk, "deposer/"), envoi).status_code == 403
