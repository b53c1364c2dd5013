"""The campagnes and the calls for projects, in a real browser: axe finds nothing, 320 px are enough."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from esms.comptes.models import Role
from grappes.actions.campagne_reglages import ajouter_un_contact
from instruction.actions.campagne_documents import publier_un_document
from instruction.actions.piece import joindre
from instruction.models import Analyse, Piece
from tests.fabriques import GUADELOUPE, Monde, agent, pdf
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_campagne_et_appel_sont_accessibles(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    ada, ouverte = monde.administrateur, monde.campagne
    contact = {
        "nom": "Cellule ESMS",
        "service": "DOSA",
        "courriel": "c@ars.example",
        "telephone": "",
        "public": True,
    }
    ajouter_un_contact(campagne=ouverte, valeurs=contact, par=ada)
    publier_un_document(
        campagne=ouverte, titre="Foire aux questions", nom="faq.pdf", fichier=io.BytesIO(pdf()), par=ada
    )
    navigation = ouvrir_navigateur()
    entrer(navigation, ada)
    fiche = reverse("campagnes:fiche", args=[ouverte.pk])
    verifier(navigation, fiche)
    verifier(navigation, reverse("campagnes:contact", args=[ouverte.pk, ouverte.contacts.get().pk]))
    navigation.aller(fiche)
    navigation.page.get_by_label("Motif").fill("Panne du portail")
    navigation.cliquer("Prolonger la fenêtre")
    assert "Motif\u00a0: Panne du portail" in navigation.texte()
    assert navigation.violations() == []
    with navigation.reponse_attendue(400):
        navigation.page.get_by_label("Enveloppe, en euros").fill("beaucoup")
        navigation.cliquer("Enregistrer l’enveloppe")
        assert navigation.violations() == []
    for chemin in (reverse("appels:liste"), reverse("appels:fiche", args=[ouverte.sigle])):
        verifier(navigation, chemin)
    guadeloupe = agent(Role.ADMINISTRATEUR, "01")
    entrer(navigation, guadeloupe)
    verifier(navigation, reverse("campagnes:ouvrir", args=[GUADELOUPE]))


def test_pieces_glissees_montrent_leur_progression_et_disent_leurs_refus(
    ouvrir_navigateur: Callable[..., Navigation], tmp_path: Any
) -> None:
    monde = Monde()
    navigation = ouvrir_navigateur()
    page = navigation.page
    entrer(navigation, monde.porteur)
    navigation.aller(reverse("dossiers:pieces", args=[monde.dossier.pk]))
    gros, faux = tmp_path / "gros.pdf", tmp_path / "faux.pdf"
    gros.write_bytes(pdf() + b"\n%" + b"a" * (2 * 1024 * 1024))
    faux.write_bytes(b"du texte")
    with navigation.reponse_attendue(400):
        page.locator("#fichier-P1").set_input_files([gros, faux])
        page.get_by_role("button", name="Joindre à P1", exact=True).click()
        page.get_by_role("alert").wait_for()
    assert "Un fichier n’a pas été joint" in navigation.texte()
    assert [piece.nom for piece in monde.dossier.pieces.all()] == ["gros.pdf"]
    assert page.evaluate("document.activeElement.id") == "resume-erreurs"
    assert navigation.violations() == []


def test_pieces_en_quarantaine_isolees_et_perimees_sont_accessibles(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    monde = Monde()
    for nom in ("saine.pdf", "attente.pdf", "infectee.pdf"):
        joindre(dossier=monde.dossier, code="P1", nom=nom, fichier=io.BytesIO(pdf(nom)), par=monde.porteur)
    Piece.objects.filter(nom="attente.pdf").update(
        analyse=Analyse.EN_ATTENTE, analyse_detail="l’antivirus est injoignable"
    )
    infectee = Piece.objects.get(nom="infectee.pdf")
    infectee.analyse, infectee.analyse_detail = Analyse.INFECTEE, "Eicar-Test-Signature"
    infectee.analysee_le = infectee.retiree_le = infectee.deposee_le
    infectee.save()
    navigation = ouvrir_navigateur()
    entrer(navigation, monde.porteur)
    verifier(navigation, reverse("dossiers:pieces", args=[monde.dossier.pk]))
    navigation.page.get_by_text("Fichiers retirés ou remplacés").click()
    navigation.page.get_by_text("Ajouter ou remplacer").click()
    remplace = navigation.page.locator("#remplace-P1")
    assert remplace.evaluate("liste => getComputedStyle(liste).boxSizing") == "border-box"
    assert "refusé par l’antivirus (Eicar-Test-Signature)" in navigation.texte()
    assert navigation.violations() == []
