"""What people do to enter the portal: an account, an organism claimed, an invitation accepted."""

from tests.fabriques import MOT_DE_PASSE
from tests.parcours.boite import Boite
from tests.parcours.navigation import Navigation


def s_inscrire(nav: Navigation, boite: Boite, *, nom: str, courriel: str) -> None:
    """From the page that offers an account, to the code received; leads back to what was being done."""
    nav.suivre(nav.page.locator("main").get_by_role("link", name="Créer un compte"))
    nav.page.get_by_label("Prénom et nom").fill(nom)
    nav.page.get_by_label("Adresse électronique").fill(courriel)
    nav.page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    nav.cliquer("Créer mon compte")
    nav.page.get_by_label("Code reçu par courriel").fill(boite.code(courriel))
    nav.cliquer("Vérifier")


def demander_l_organisme(nav: Navigation, *, nom: str, fonction: str) -> str:
    """From the page where nothing can be created yet: find the organism, claim it; where the claim is."""
    nav.cliquer("Demander à agir pour un organisme", role="link")
    nav.page.get_by_label("Nom ou numéro FINESS juridique de l’organisme").fill(nom)
    nav.cliquer("Rechercher")
    nav.suivre(nav.page.get_by_role("link", name=f"Choisir {nom}"))
    nav.page.get_by_label("Votre fonction dans l’organisme").fill(fonction)
    nav.cliquer("Envoyer la demande")
    assert "Votre demande est envoyée" in nav.texte() or "En attente de réponse" in nav.texte()
    return nav.chemin()


def accepter_une_invitation(nav: Navigation, boite: Boite, *, nom: str, courriel: str) -> None:
    """Open the link received, sign up with that address, accept."""
    nav.aller(boite.lien(courriel))
    s_inscrire(nav, boite, nom=nom, courriel=courriel)
    nav.cliquer("Accepter l’invitation")
