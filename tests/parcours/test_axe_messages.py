"""Notifications, threads and outbox in a browser: axe finds nothing; 320 px, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from esms.courriels.models import Courriel, Etat
from instruction.etats import Etat as EtatDossier
from tests.fabriques import MOT_DE_PASSE, Monde, pdf
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_echange_notifications_et_boite_d_envoi_sont_accessibles(
    ouvrir_navigateur: Callable[..., Navigation], tmp_path: Any
) -> None:
    monde = Monde()
    monde.amener(EtatDossier.DEPOSE)
    fil = f"/dossiers/{monde.dossier.pk}/messages/"
    porteur = ouvrir_navigateur()
    entrer(porteur, monde.porteur)
    verifier(porteur, "/notifications/")
    verifier(porteur, "/dossiers/messages/")
    verifier(porteur, fil)
    devis = tmp_path / "devis.pdf"
    devis.write_bytes(pdf("devis"))
    porteur.page.get_by_label("Votre message").fill("Peut-on joindre deux devis ?")
    porteur.page.get_by_label("Fichiers").set_input_files(devis)
    porteur.cliquer("Envoyer")
    assert porteur.page.get_by_text("Votre message est envoyé.").is_visible()
    assert porteur.violations() == []
    porteur._attendu = 400
    porteur.cliquer("Envoyer")
    assert porteur.page.get_by_role("alert").is_visible()
    assert porteur.violations() == []
    Courriel.objects.filter(gabarit="depot_enregistre").update(
        etat=Etat.ABANDONNE, essais=8, erreur="SMTPRecipientsRefused", envoye_le=None
    )
    agent = ouvrir_navigateur()
    entrer(agent, monde.instructeur)
    for chemin in ("/dossiers/messages/", fil, "/courriels/", "/courriels/?dossier=aucun", "/dossiers/"):
        verifier(agent, chemin)


def test_echange_se_fait_sans_javascript(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    porteur = ouvrir_navigateur(javascript=False)
    entrer(porteur, monde.porteur)
    porteur.aller(f"/dossiers/{monde.dossier.pk}/")
    porteur.page.get_by_role("link", name="Messages avec l’ARS").click()
    porteur.page.get_by_label("Votre message").fill("Une question.")
    porteur.cliquer("Envoyer")
    assert porteur.page.get_by_text("Une question.").is_visible()
    monde.porteur.set_password(MOT_DE_PASSE)
    monde.porteur.save()
    Session.objects.all().delete()  # the session ends while a second message is being written
    porteur.page.get_by_label("Votre message").fill("Une longue question.")
    with porteur.reponse_attendue(401):
        porteur.cliquer("Envoyer")
    assert "Une longue question." in porteur.texte()
    porteur.page.get_by_label("Adresse électronique").fill(monde.porteur.courriel)
    porteur.page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    porteur.cliquer("Se connecter")
    assert "Une longue question." in porteur.texte()
    porteur.cliquer("Envoyer ma saisie")
    assert [m.texte for m in monde.dossier.messages.order_by("le")] == [
        "Une question.",
        "Une longue question.",
    ]
