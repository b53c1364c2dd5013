"""A second factor, compulsory for every agent: nothing else opens before it is passed."""

import time
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import (
    ROLES_ARS,
    ROLES_NATIONAUX,
    ROLES_SECOND_FACTEUR,
    Rattachement,
    Role,
    Utilisateur,
)
from esms.journal.models import Entree
from tests.fabriques import MOT_DE_PASSE, agent, porteur
from tests.rigueur.second_facteur import entrer_sans, preuves

pytestmark = pytest.mark.django_db
CONNEXION, VERIFIER, CONFIRMER = (
    "/compte/connexion/",
    reverse("mfa_authenticate"),
    reverse("mfa_reauthenticate"),
)
FACTEURS, ACTIVER = reverse("mfa_index"), reverse("mfa_activate_totp")
LISTE = reverse("dossiers:liste")


@pytest.fixture(autouse=True)
def _compteurs_vides() -> None:
    cache.clear()


@pytest.fixture
def instructeur() -> Utilisateur:
    personne = agent(Role.INSTRUCTEUR)
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    return personne


def _equiper(personne: Utilisateur) -> str:
    secret = generate_totp_secret()
    TOTP.activate(personne, secret)
    return secret


def _code(secret: str, decalage: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // settings.MFA_TOTP_PERIOD + decalage))


def _entrer(client: Client, personne: Utilisateur, **champs: str) -> Any:
    return client.post(CONNEXION, {"login": personne.courriel, "password": MOT_DE_PASSE, **champs})


def _connecte(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_roles_a_second_facteur_sont_tous_ceux_qui_ne_sont_pas_d_un_organisme() -> None:
    assert set(ROLES_SECOND_FACTEUR) == {*ROLES_ARS, *ROLES_NATIONAUX}


@pytest.mark.parametrize("role", ROLES_SECOND_FACTEUR)
@pytest.mark.parametrize("page", ["accueil", "dossiers:liste", "comptes:mon_compte", "comptes:sessions"])
def test_agent_sans_second_facteur_ne_va_qu_a_l_enrolement(client: Client, role: Role, page: str) -> None:
    lieu = {} if role in ROLES_NATIONAUX else {"ars": "76"}
    personne = porteur("310781562")
    personne.rattachements.all().delete()
    Rattachement.objects.create(utilisateur=personne, role=role, debut=timezone.localdate(), **lieu)
    entrer_sans(client, personne)
    adresse = reverse(page)
    assert client.get(adresse)["Location"] == f"{FACTEURS}?next={adresse}"
    assert "Votre rôle exige un second facteur" in client.get(FACTEURS).content.decode()
    assert client.post(reverse("comptes:deconnexion")).status_code == 302
    assert not _connecte(client)


def test_porteur_sans_second_facteur_va_partout(client: Client) -> None:
    entrer_sans(client, porteur("310781562"))
    assert client.get(LISTE).status_code == 200


def test_agent_s_enrole_a_sa_premiere_connexion_puis_entre(
    client: Client, instructeur: Utilisateur, mailoutbox: list[Any]
) -> None:
    assert _entrer(client, instructeur, next=LISTE)["Location"] == LISTE
    assert client.get(LISTE)["Location"] == f"{FACTEURS}?next={LISTE}"
    secret = client.get(ACTIVER).context["form"].secret
    assert client.post(ACTIVER, {"code": "000000"}).status_code == 200
    suite = client.post(ACTIVER, {"code": _code(secret)})["Location"]
    codes = client.get(suite)
    assert (len(codes.context["unused_codes"]), codes.context["suite"]) == (10, LISTE)
    assert client.get(LISTE).status_code == 200
    gestes = Entree.objects.filter(chaine=f"compte:{instructeur.pk}").values_list("geste", flat=True)
    assert list(gestes) == ["activer_application"]
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))


def test_agent_enrole_n_est_connecte_qu_apres_son_code(client: Client, instructeur: Utilisateur) -> None:
    secret = _equiper(instructeur)
    assert _entrer(client, instructeur, next=LISTE)["Location"] == VERIFIER
    assert not _connecte(client)
    assert client.get(LISTE)["Location"] == f"{CONNEXION}?next={LISTE}"
    assert client.get(VERIFIER).status_code == 200
    assert client.post(VERIFIER, {"code": "abcdef"}).status_code == 200
    assert client.post(VERIFIER, {"code": _code(secret)})["Location"] == LISTE
    assert client.get(LISTE).status_code == 200


@pytest.mark.parametrize("decalage", [-1, 0, 1])
def test_code_ne_sert_qu_une_fois_tant_qu_il_est_valable(instructeur: Utilisateur, decalage: int) -> None:
    code = _code(_equiper(instructeur), decalage)
    premier, second = Client(), Client()
    for client in (premier, second):
        _entrer(client, instructeur)
        client.post(VERIFIER, {"code": code})
    cache.delete(f"allauth.mfa.totp.used?user={instructeur.pk}&code={code}")  # what the library remembers
    troisieme = Client()
    _entrer(troisieme, instructeur)
    troisieme.post(VERIFIER, {"code": code})
    assert [_connecte(client) for client in (premier, second, troisieme)] == [True, False, False]


def test_codes_essayes_au_hasard_sont_bornes(client: Client, instructeur: Utilisateur) -> None:
    _equiper(instructeur)
    statuts = []
    for rang in range(11):
        essai = Client(REMOTE_ADDR=f"192.0.2.{rang}")
        _entrer(essai, instructeur)
        statuts.append(essai.post(VERIFIER, {"code": f"{rang:06}"}).status_code)
    assert statuts == [200] * 10 + [429]


def test_code_de_secours_ouvre_une_fois(instructeur: Utilisateur, client: Client) -> None:
    client.force_login(instructeur)
    secret = client.get(ACTIVER).context["form"].secret
    client.post(ACTIVER, {"code": _code(secret)})
    secours = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    entres = []
    for _ in range(2):
        autre = Client()
        _entrer(autre, instructeur)
        autre.post(VERIFIER, {"code": secours})
        entres.append(_connecte(autre))
    assert entres == [True, False]


def test_session_ouverte_sans_le_second_facteur_ne_fait_que_le_prouver(
    client: Client, instructeur: Utilisateur
) -> None:
    secret = _equiper(instructeur)
    entrer_sans(client, instructeur)
    for page in (LISTE, FACTEURS, ACTIVER, reverse("mfa_add_webauthn"), reverse("account_change_password")):
        assert client.get(page)["Location"] == f"{CONFIRMER}?next={page}"
    assert client.post(CONFIRMER, {"code": _code(secret), "next": LISTE})["Location"] == LISTE
    assert client.get(LISTE).status_code == 200


def test_porteur_qui_devient_agent_prouve_a_la_requete_suivante(client: Client) -> None:
    personne = porteur("310781562")
    entrer_sans(client, personne)
    assert client.get(LISTE).status_code == 200
    Rattachement.objects.create(utilisateur=personne, role=Role.JURY, ars="76", debut=timezone.localdate())
    assert client.get(LISTE)["Location"] == f"{FACTEURS}?next={LISTE}"


def test_preuve_d_un_autre_compte_ne_vaut_rien(client: Client, instructeur: Utilisateur) -> None:
    entrer_sans(client, instructeur)
    preuves(client, agent(Role.VALIDEUR), "password", "mfa")
    assert client.get(LISTE).status_code == 302


def test_saisie_d_un_agent_rappele_a_son_second_facteur_lui_est_rendue(
    client: Client, instructeur: Utilisateur
) -> None:
    secret = _equiper(instructeur)
    entrer_sans(client, instructeur)
    reprise = reverse("comptes:reprise")
    assert client.post(LISTE, {"motif": "Un long texte"})["Location"] == f"{CONFIRMER}?next={reprise}"
    assert client.post(CONFIRMER, {"code": _code(secret), "next": reprise})["Location"] == reprise
    assert "Un long texte" in client.get(reprise).content.decode()


def test_dernier_facteur_d_un_agent_ne_se_retire_pas(client: Client, instructeur: Utilisateur) -> None:
    _equiper(instructeur)
    client.force_login(instructeur)
    retirer = reverse("mfa_deactivate_totp")
    assert client.post(retirer).status_code == 200
    assert Authenticator.objects.filter(user=instructeur).exists()
    instructeur.rattachements.all().delete()
    assert client.post(retirer).status_code == 302
    assert not Authenticator.objects.filter(user=instructeur).exists()


def test_mot_de_passe_seul_ne_retire_pas_le_second_facteur_d_une_session_ancienne(
    client: Client, instructeur: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(instructeur)
    monkeypatch.setattr("django.conf.settings.ACCOUNT_REAUTHENTICATION_TIMEOUT", -1)
    assert client.get(ACTIVER)["Location"].startswith(reverse("account_reauthenticate"))


def test_retirer_facteurs_rend_l_enrolement_et_ferme_les_sessions(
    client: Client, instructeur: Utilisateur
) -> None:
    secret = _equiper(instructeur)
    _entrer(client, instructeur)
    client.post(VERIFIER, {"code": _code(secret)})
    call_command("retirer_facteurs", instructeur.courriel.upper(), stdout=StringIO())
    assert client.get(LISTE)["Location"] == f"{CONNEXION}?next={LISTE}"
    _entrer(client, instructeur)
    assert client.get(LISTE)["Location"] == f"{FACTEURS}?next={LISTE}"
    assert Entree.objects.get(chaine=f"compte:{instructeur.pk}").geste == "retirer_facteurs"
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("retirer_facteurs", "personne@ailleurs.example")
