"""Answering a request for complements in a real browser: what is typed outlives the other buttons."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from instruction.etats import Etat
from instruction.models import ReponseElement
from instruction.regles.complements import Demande
from tests.fabriques import Monde, pdf
from tests.instruction.actions.test_complements import demander
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_texte_d_une_reponse_survit_au_fichier_joint_a_cote(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    monde, nav = Monde(), ouvrir_navigateur()
    monde.amener(Etat.RECEVABILITE)
    demander(
        monde,
        Demande("libre", "", "Calendrier", "Trop vague."),
        Demande("piece", "P1", "Annexe 1", "Illisible."),
    )
    entrer(nav, monde.porteur)
    nav.aller(reverse("dossiers:complements", args=[monde.dossier.pk]))
    texte = nav.page.get_by_label("Votre réponse\u00a0: Calendrier")
    joindre = nav.page.locator("form:has(input[type=file]) button")
    texte.fill("De mars à juin.")
    nav.page.context.set_offline(True)
    nav.page.locator("input[type=file]").set_input_files(
        {"name": "annexe.pdf", "mimeType": "application/pdf", "buffer": pdf("Annexe")}
    )
    joindre.click()
    expect(nav.page.locator("[data-etat-des-reponses]")).to_contain_text("Gardez cette page ouverte")
    nav.consoles.clear()  # Chromium says that the network is cut
    nav.page.context.set_offline(False)
    nav.suivre(joindre)
    expect(texte).to_have_value("De mars à juin.")
    assert ReponseElement.objects.get().texte == "De mars à juin."
    assert "annexe.pdf" in nav.texte()
    assert nav.violations() == []
