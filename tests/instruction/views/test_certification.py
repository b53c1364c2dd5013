"""Certifying, asking for it, filing, and the receipt: the screens of the last day."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from esms.comptes.models import Role
from esms.habilitations.models import Invitation
from instruction.actions.accuse import produire_le_pdf
from tests.fabriques import Monde, ouvrir_session, rattacher, utilisateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def monde() -> Monde:
    """A complete draft, certified by nobody."""
    monde = Monde()
    monde.certifier = lambda: None  # type: ignore[method-assign,assignment]
    monde.completer()
    del monde.certifier
    return monde


def _page(monde: Monde, personne: Any) -> str:
    client = ouvrir_session(Client(), personne)
    return client.get(reverse("dossiers:relecture", args=[monde.dossier.pk])).content.decode()


def _boutons(page: str) -> list[str]:
    principal = page.split("<main", 1)[1].split("</main", 1)[0]
    return [texte.strip() for texte in re.findall(r"<button[^>]*>([^<]*)</button>", principal)]


def test_representant_peut_certifier_et_deposer_d_un_geste(monde: Monde) -> None:
    assert _boutons(_page(monde, monde.representant)) == [
        "Certifier et déposer le dossier",
        "Certifier sans déposer",
    ]


def test_titulaire_demande_ou_invite_avant_de_deposer(monde: Monde) -> None:
    assert _boutons(_page(monde, monde.porteur)) == [
        "Demander la certification",
        "Inviter le représentant légal",
    ]


def test_titulaire_depose_une_fois_certifie(monde: Monde) -> None:
    monde.certifier()
    assert _boutons(_page(monde, monde.porteur)) == ["Déposer le dossier"]


def test_dossier_incomplet_ne_propose_aucun_bouton() -> None:
    monde = Monde()
    page = _page(monde, monde.representant)
    assert _boutons(page) == []
    assert "Le dossier se certifie et se dépose une fois complet" in page


def test_redacteur_relit_sans_rien_deposer(monde: Monde) -> None:
    redacteur = rattacher(utilisateur(), Role.REDACTEUR, organisme=monde.entite.finess_ej)
    assert _boutons(_page(monde, redacteur)) == []


def test_case_oubliee_ne_certifie_rien(monde: Monde) -> None:
    client = ouvrir_session(Client(), monde.representant)
    reponse = client.post(reverse("dossiers:certifier", args=[monde.dossier.pk]), follow=True)
    assert "Cochez la case" in reponse.content.decode()
    assert not monde.dossier.certifications.exists()


def test_certification_perimee_se_dit(monde: Monde) -> None:
    monde.certifier()
    monde.ecrire("contacts", {**monde.saisies()["contacts"], "contact_nom": "Quelqu’un d’autre"})
    assert "Le dossier a changé depuis sa certification" in _page(monde, monde.porteur)


def test_invitation_du_representant_mene_a_la_relecture(monde: Monde) -> None:
    client = ouvrir_session(Client(), monde.porteur)
    adresse = reverse("dossiers:inviter_representant", args=[monde.dossier.pk])
    client.post(adresse, {"courriel": "Presidente@association.example"})
    invitation = Invitation.objects.get()
    assert (invitation.courriel, invitation.role, invitation.organisme, invitation.lien_apres) == (
        "presidente@association.example",
        Role.REPRESENTANT,
        monde.entite.finess_ej,
        reverse("dossiers:relecture", args=[monde.dossier.pk]),
    )


def test_adresse_fausse_est_refusee_et_rendue(monde: Monde) -> None:
    client = ouvrir_session(Client(), monde.porteur)
    adresse = reverse("dossiers:inviter_representant", args=[monde.dossier.pk])
    reponse = client.post(adresse, {"courriel": "pas une adresse"}, follow=True)
    assert not Invitation.objects.exists()
    assert "adresse" in reponse.content.decode()


def test_accuse_dit_que_le_pdf_se_prepare_puis_le_donne(monde: Monde) -> None:
    client = ouvrir_session(Client(), monde.representant)
    reponse = client.post(reverse("dossiers:deposer", args=[monde.dossier.pk]), {"certifie": "oui"})
    accuse, pdf = (reverse(f"dossiers:{nom}", args=[monde.dossier.pk]) for nom in ("accuse", "accuse_en_pdf"))
    assert (reponse.status_code, reponse.headers["Location"]) == (302, accuse)
    assert "en préparation" in client.get(accuse).content.decode()
    assert client.get(pdf).status_code == 404
    produire_le_pdf(accuse=monde.relire().depot.accuse.pk, par=None)
    assert "Télécharger l’accusé" in client.get(accuse).content.decode()
    fichier = client.get(pdf)
    assert fichier.headers["Content-Disposition"] == 'attachment; filename="accuse-OCC-2025-0001.pdf"'
    assert b"".join(fichier.streaming_content)[:5] == b"%PDF-"
