"""The account in a real browser: sign-up by code, an agent who enrols, a passkey in place of the password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from esms.comptes.actions import creer_compte
from esms.comptes.models import Role
from esms.habilitations.models import DemandeDeRattachement
from tests.fabriques import MOT_DE_PASSE, organisme, utilisateur
from tests.parcours.navigation import Navigation
from tests.parcours.test_axe_dossier import entrer, verifier

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
AUTHENTIFIEUR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _compteurs_vides(transactional_db: None) -> None:
    cache.clear()


def _code_recu(mailoutbox: list[Any]) -> str:
    return re.search(r"code\u00a0: (\S+)", mailoutbox[-1].body)[1]  # type: ignore[index]


def _entrer(fenetre: Navigation, courriel: str, mot: str) -> None:
    fenetre.aller("/compte/connexion/")
    fenetre.page.get_by_label("Adresse électronique", exact=True).fill(courriel)
    fenetre.page.get_by_label("Mot de passe", exact=True).fill(mot)
    fenetre.cliquer("Se connecter")


@pytest.mark.parametrize("javascript", [True, False])
def test_inscription_par_code_puis_mon_compte(
    ouvrir_navigateur: Callable[..., Navigation], mailoutbox: list[Any], javascript: bool
) -> None:
    fenetre = ouvrir_navigateur(javascript=javascript)
    fenetre.aller("/compte/inscription/")
    fenetre.page.get_by_label("Prénom et nom").fill("Jean Essai")
    fenetre.page.get_by_label("Adresse électronique").fill("jean@essai.example")
    fenetre.page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    fenetre.cliquer("Créer mon compte")
    violations = fenetre.violations() if javascript else []
    fenetre.page.get_by_label("Code reçu par courriel").fill(_code_recu(mailoutbox))
    fenetre.cliquer("Vérifier")
    assert violations == []
    fenetre.aller("/compte/")
    assert "Aucun rôle pour l’instant" in fenetre.texte()


def test_agent_ouvert_par_commande_s_enrole_puis_entre_avec_son_code(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    creer_compte(
        courriel="ines@ars.example",
        nom="Inès Carrière",
        mot_de_passe=MOT_DE_PASSE,
        role=Role.INSTRUCTEUR,
        ars="76",
        par=None,
    )
    fenetre = ouvrir_navigateur()
    _entrer(fenetre, "ines@ars.example", MOT_DE_PASSE)
    assert "Votre rôle exige un second facteur" in fenetre.texte()
    fenetre.cliquer("Ajouter une application", role="link")
    secret = fenetre.page.locator("#cle-totp").inner_text()
    periode = int(timezone.now().timestamp()) // settings.MFA_TOTP_PERIOD
    fenetre.page.get_by_label("Code affiché par l’application").fill(
        format_hotp_value(hotp_value(secret, periode))
    )
    fenetre.cliquer("Activer")
    assert fenetre.violations() == []
    fenetre.cliquer("J’ai noté mes codes, continuer", role="link")
    fenetre.se_deconnecter()
    _entrer(fenetre, "ines@ars.example", MOT_DE_PASSE)
    assert fenetre.chemin() == "/compte/second-facteur/verifier/"
    assert fenetre.violations() == []
    fenetre.page.get_by_label("Code de vérification").fill(format_hotp_value(hotp_value(secret, periode + 1)))
    fenetre.cliquer("Vérifier")
    fenetre.aller("/dossiers/")


def test_cle_d_acces_remplace_le_mot_de_passe_rend_la_saisie_envoyee_trop_tard_puis_se_retire(
    ouvrir_navigateur: Callable[..., Navigation],
) -> None:
    personne, organisme_, fenetre = utilisateur("Paule Porteur"), organisme(), ouvrir_navigateur()
    entrer(fenetre, personne)
    outils = fenetre.page.context.new_cdp_session(fenetre.page)
    outils.send("WebAuthn.enable")
    outils.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTIFIEUR})
    fenetre.aller("/compte/second-facteur/cles/ajouter/")
    fenetre.page.get_by_label("Me connecter avec cette clé seule").check(force=True)
    fenetre.cliquer("Ajouter la clé")
    assert fenetre.chemin() == "/compte/second-facteur/secours/"
    fenetre.aller(f"{reverse('droits:demander')}?organisme={organisme_.finess_ej}")
    fenetre.page.get_by_label("Votre fonction").fill("Directrice")
    fenetre.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with fenetre.reponse_attendue(401):
        fenetre.cliquer("Envoyer la demande")
        fenetre.cliquer("Utiliser une clé d’accès")
    assert fenetre.chemin() == reverse("comptes:reprise")
    fenetre.cliquer("Envoyer ma saisie")
    assert DemandeDeRattachement.objects.get().fonction == "Directrice"
    verifier(fenetre, reverse("mfa_reauthenticate_webauthn"))
    verifier(fenetre, reverse("mfa_index"))
    fenetre.suivre(fenetre.page.get_by_role("link", name="Renommer Clé d’accès"))
    assert fenetre.violations() == []
    fenetre.page.get_by_label("Nom de la clé").fill("Clé du bureau")
    fenetre.cliquer("Enregistrer")
    fenetre.suivre(fenetre.page.get_by_role("link", name="Retirer Clé du bureau"))
    assert fenetre.violations() == []
    fenetre.cliquer("Retirer la clé")
    assert "Clé d’accès retirée." in fenetre.texte()
