"""From the receipt to its proof, signed in or not, with and without JavaScript: axe and 320 px included."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from esms.journal.actions import sceller_le_jour
from tests.fabriques import Monde
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import adresse, entrer

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["avec_javascript", "sans_javascript"])
def test_accuse_verifie_par_un_visiteur(
    ouvrir_navigateur: Callable[..., Navigation], javascript: bool
) -> None:
    monde = Monde()
    numero = monde.deposer().numero
    empreinte = monde.dossier.depot.empreinte
    porteur = ouvrir_navigateur(javascript=javascript)
    entrer(porteur, monde.porteur)
    porteur.aller(adresse(monde.dossier, "accuse"))
    porteur.cliquer("Vérifier cette empreinte dans le journal du portail", role="link")
    assert f"Dépôt {numero}" in porteur.texte()
    assert "aucune encore" in porteur.texte()
    racine = sceller_le_jour()

    visiteur = ouvrir_navigateur(javascript=javascript)
    visiteur.aller("/")
    visiteur.suivre(visiteur.page.locator("#pied").get_by_role("link", name="Vérifier un accusé"))
    trouvees = violations(visiteur, javascript)
    visiteur.page.get_by_label("Empreinte SHA-256").fill(f" {empreinte.upper()} ")
    visiteur.cliquer("Vérifier")
    assert f"Dépôt {numero}" in visiteur.texte()
    assert racine.empreinte in visiteur.texte()
    trouvees += violations(visiteur, javascript)
    visiteur.page.get_by_label("Empreinte SHA-256").fill("0" * 64)
    visiteur.cliquer("Vérifier")
    assert "Cette empreinte est inconnue" in visiteur.texte()
    trouvees += violations(visiteur, javascript)
    with visiteur.reponse_attendue(400):
        visiteur.page.get_by_label("Empreinte SHA-256").fill("abc")
        visiteur.cliquer("Vérifier")
        assert trouvees + violations(visiteur, javascript) == []
    assert visiteur.chemin() == reverse("verifier")


def violations(navigation: Navigation, javascript: bool) -> list[str]:
    """What axe says; it is itself a script, and cannot run where scripts are off."""
    return navigation.violations() if javascript else []
