"""A section, a piece and the filing with the keyboard alone: all is reached, and the focus is seen."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from instruction.etats import Etat
from tests.fabriques import Monde, pdf
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import adresse, entrer
from tests.parcours.test_clavier import tabuler

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
LONG = 80  # presses of Tab after which a page is a trap


def atteindre(nav: Navigation, nom: str) -> None:
    """Press Tab until what is called `nom` has the focus."""
    for _ in range(LONG):
        if tabuler(nav).startswith(nom):
            return
    raise AssertionError(f"« {nom} » ne s’atteint pas au clavier")


def test_section_piece_et_depot_au_clavier_seul(ouvrir_navigateur: Callable[..., Navigation]) -> None:
    monde = Monde()
    nav = ouvrir_navigateur()
    entrer(nav, monde.porteur)
    clavier = nav.page.keyboard
    nav.aller(reverse("dossiers:section", args=[monde.dossier.pk, "contacts"]))
    atteindre(nav, "Nom et prénom du contact opérationnel")
    clavier.type("Élodie Sarrazin")
    with nav.page.expect_navigation():
        clavier.press("Enter")
    assert monde.section("contacts").contenu["contact_nom"] == "Élodie Sarrazin"

    # Heard from now on: Chromium keeps the chooser for itself when the key comes before the listener.
    nav.page.on("filechooser", lambda _: None)
    nav.aller(adresse(monde.dossier, "pieces"))
    atteindre(nav, "Fichiers")
    with nav.page.expect_file_chooser() as attente:
        clavier.press("Enter")
    attente.value.set_files({"name": "p1.pdf", "mimeType": "application/pdf", "buffer": pdf("P1")})
    atteindre(nav, "Joindre")
    with nav.page.expect_navigation():
        clavier.press("Enter")
    assert [piece.nom for piece in monde.dossier.pieces.all()] == ["p1.pdf"]

    monde.completer()
    nav.aller(adresse(monde.dossier, "relecture"))
    atteindre(nav, "Déposer le dossier")
    with nav.page.expect_navigation():
        clavier.press("Enter")
    assert monde.relire().etat == Etat.DEPOSE
