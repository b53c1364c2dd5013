"""ProConnect, against a provider on loopback: what lies is refused, nobody is matched by address alone."""

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from esms.comptes.models import IdentiteProConnect, Role, Utilisateur
from esms.comptes.reprise import ANONYME_MAX
from esms.journal.models import Entree
from tests.esms.comptes.fournisseur import CLIENT, Fournisseur, brancher, ouvert
from tests.fabriques import MOT_DE_PASSE, agent, utilisateur

pytestmark = pytest.mark.django_db
PARTIR, PROUVER, LISTE = reverse("comptes:proconnect"), reverse("comptes:proconnect_prouver"), "/dossiers/"
COURRIEL = "camille@asso.example"


@pytest.fixture
def fournisseur(settings: Any) -> Iterator[Fournisseur]:
    cache.clear()
    with ouvert() as celui_ci:
        brancher(settings, celui_ci)
        yield celui_ci


@pytest.fixture
def titulaire() -> Utilisateur:
    personne = utilisateur("Camille Roux", MOT_DE_PASSE)
    personne.emailaddress_set.update(email=COURRIEL)
    personne.courriel = COURRIEL
    personne.save()
    return personne


def _revenir(client: Client, fournisseur: Fournisseur, suite: str = LISTE) -> HttpResponse:
    return client.get(fournisseur.autoriser(client.post(f"{PARTIR}?next={suite}")["Location"]))


def _compte(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_proconnect_eteint_n_existe_pas(client: Client) -> None:
    assert client.post(PARTIR).status_code == 404
    assert "ProConnect" not in client.get("/compte/connexion/").content.decode()


def test_depart_demande_etat_nonce_et_pkce(client: Client, fournisseur: Fournisseur) -> None:
    adresse = client.post(PARTIR)["Location"]
    demande = {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(adresse).query).items()}
    assert adresse.startswith(f"{fournisseur.emetteur}/authorize?")
    assert (demande["response_type"], demande["code_challenge_method"]) == ("code", "S256")
    assert min(len(demande[nom]) for nom in ("state", "nonce", "code_challenge")) >= 32
    assert demande["redirect_uri"] == "http://testserver/compte/proconnect/retour/"


def test_premiere_venue_ouvre_un_compte_puis_le_retrouve_par_sub(
    client: Client, fournisseur: Fournisseur
) -> None:
    assert _revenir(client, fournisseur)["Location"] == LISTE
    personne = Utilisateur.objects.get()
    assert (personne.courriel, personne.nom, personne.has_usable_password()) == (
        COURRIEL,
        "Camille Roux",
        False,
    )
    fournisseur.identite["email"] = "camille.autre@asso.example"
    autre = Client()
    _revenir(autre, fournisseur)
    assert (_compte(client), _compte(autre)) == (str(personne.pk), str(personne.pk))
    assert Utilisateur.objects.count() == 1


HOSTILES: dict[str, dict[str, Any]] = {
    "aud d'un autre": {"jeton": {"aud": "autre-portail"}},
    "aud partagé sans azp": {"jeton": {"aud": [CLIENT, "autre-portail"]}},
    "aud absent": {"jeton": {"aud": None}},
    "iss d'un autre": {"jeton": {"iss": "https://ailleurs.example/api/v2"}},
    "nonce d'un autre": {"jeton": {"nonce": "un-autre"}},
    "nonce absent": {"jeton": {"nonce": None}},
    "expiré": {"jeton": {"exp": int(time.time()) - 3600}},
    "sans expiration": {"jeton": {"exp": None}},
    "alg none": {"alg_du_jeton": "none"},
    "alg HS256": {"alg_du_jeton": "HS256"},
    "signé d'une autre clé": {"mauvaise_cle": True},
    "userinfo non signé": {"infos_signees": False},
    "userinfo d'un autre": {"infos": {"sub": "sub-de-dominique"}},
    "userinfo pour un autre": {"infos": {"aud": "autre-portail"}},
    "userinfo d'un autre émetteur": {"infos": {"iss": "https://ailleurs.example"}},
    "adresse à marque de sens": {"infos": {"email": "cam\u202eille@asso.example"}},
    "adresse entre guillemets à marque invisible": {"infos": {"email": '"cam\u200bille"@asso.example'}},
    "domaine à marque invisible": {"infos": {"email": "camille@as\u2066so.example"}},
    "adresse qui n'en est pas une": {"infos": {"email": "camille"}},
}


@pytest.mark.parametrize("cas", HOSTILES)
def test_reponse_hostile_refusee(client: Client, fournisseur: Fournisseur, cas: str) -> None:
    for nom, valeur in HOSTILES[cas].items():
        setattr(fournisseur, nom, valeur)
    reponse = _revenir(client, fournisseur)
    assert (reponse.status_code, _compte(client)) == (403, None)
    assert not Utilisateur.objects.exists()


def test_etat_et_code_rejoues_refuses(client: Client, fournisseur: Fournisseur) -> None:
    retour = fournisseur.autoriser(client.post(PARTIR)["Location"])
    assert client.get(retour).status_code == 302
    client.post(reverse("comptes:deconnexion"))
    assert client.get(retour).status_code == 403
    neuf = client.post(PARTIR)["Location"]
    etat = parse_qs(urlsplit(neuf).query)["state"][0]
    assert client.get(f"/compte/proconnect/retour/?code=code-1&state={etat}").status_code == 403
    assert _compte(client) is None


def test_etat_d_une_autre_session_refuse(client: Client, fournisseur: Fournisseur) -> None:
    retour = fournisseur.autoriser(client.post(PARTIR)["Location"])
    victime = Client()
    assert victime.get(retour).status_code == 403
    assert fournisseur.demandes_de_jeton == []


def test_adresse_connue_n_ouvre_rien_sans_preuve(
    client: Client, fournisseur: Fournisseur, titulaire: Utilisateur
) -> None:
    assert _revenir(client, fournisseur)["Location"] == PROUVER
    assert _compte(client) is None
    assert not IdentiteProConnect.objects.exists()
    faux = client.post(PROUVER, {"moyen": "mot_de_passe", "password": "faux"})
    assert "inexact" in faux.content.decode()
    juste = client.post(PROUVER, {"moyen": "mot_de_passe", "password": MOT_DE_PASSE})
    assert (juste["Location"], _compte(client)) == (LISTE, str(titulaire.pk))
    assert IdentiteProConnect.objects.get().utilisateur == titulaire
    assert Entree.objects.get(chaine=f"compte:{titulaire.pk}").geste == "lier_proconnect"
    suivante = Client()
    assert _revenir(suivante, fournisseur)["Location"] == LISTE


def test_adresse_connue_prouvee_par_un_code(
    client: Client, fournisseur: Fournisseur, titulaire: Utilisateur, mailoutbox: list[Any]
) -> None:
    _revenir(client, fournisseur)
    client.post(PROUVER, {"moyen": "envoyer"})
    code = re.search(r"code\u00a0: (\S+)", mailoutbox[0].body)[1]  # type: ignore[index]
    assert (mailoutbox[0].to, client.get(PROUVER).status_code) == ([COURRIEL], 200)
    assert client.post(PROUVER, {"moyen": "code", "code": "FAUX"}).status_code == 200
    assert client.post(PROUVER, {"moyen": "code", "code": code})["Location"] == LISTE
    assert IdentiteProConnect.objects.get().utilisateur == titulaire


def test_code_de_preuve_faux_trois_fois_est_perdu(
    client: Client, fournisseur: Fournisseur, titulaire: Utilisateur, mailoutbox: list[Any]
) -> None:
    _revenir(client, fournisseur)
    client.post(PROUVER, {"moyen": "envoyer"})
    code = re.search(r"code\u00a0: (\S+)", mailoutbox[0].body)[1]  # type: ignore[index]
    for _ in range(3):
        client.post(PROUVER, {"moyen": "code", "code": "FAUX"})
    client.post(PROUVER, {"moyen": "code", "code": code})
    assert _compte(client) is None


def test_adresse_non_verifiee_demande_une_preuve_meme_sans_compte(
    client: Client, fournisseur: Fournisseur, mailoutbox: list[Any]
) -> None:
    fournisseur.identite["email_verified"] = False
    assert _revenir(client, fournisseur)["Location"] == PROUVER
    assert not Utilisateur.objects.exists()
    client.post(PROUVER, {"moyen": "envoyer"})
    code = re.search(r"code\u00a0: (\S+)", mailoutbox[0].body)[1]  # type: ignore[index]
    client.post(PROUVER, {"moyen": "code", "code": code})
    assert _compte(client) == str(Utilisateur.objects.get(courriel=COURRIEL).pk)


def test_compte_desactive_n_entre_pas(
    client: Client, fournisseur: Fournisseur, titulaire: Utilisateur
) -> None:
    IdentiteProConnect.objects.create(sub=fournisseur.sub, utilisateur=titulaire)
    Utilisateur.objects.update(is_active=False)
    assert _revenir(client, fournisseur)["Location"] == reverse("account_inactive")
    assert _compte(client) is None


@pytest.mark.parametrize(
    ("jeton", "suite"),
    [
        ({"acr": "eidas1"}, "/compte/second-facteur/verifier/"),
        ({"acr": "eidas2"}, LISTE),
        ({"amr": ["pwd", "mfa"]}, LISTE),
        ({"amr": "mfa"}, "/compte/second-facteur/verifier/"),
        ({"acr": ""}, "/compte/second-facteur/verifier/"),
    ],
)
def test_second_facteur_du_fournisseur_compte_s_il_l_a_demande(
    client: Client, fournisseur: Fournisseur, jeton: dict[str, Any], suite: str
) -> None:
    personne = agent(Role.INSTRUCTEUR)
    TOTP.activate(personne, generate_totp_secret())
    IdentiteProConnect.objects.create(sub=fournisseur.sub, utilisateur=personne)
    fournisseur.jeton = jeton
    assert _revenir(client, fournisseur)["Location"] == suite
    assert client.get(LISTE).status_code == (200 if suite == LISTE else 302)


def test_identite_non_liee_ne_tient_pas_lieu_du_second_facteur_du_compte(
    client: Client, fournisseur: Fournisseur, titulaire: Utilisateur
) -> None:
    """A stolen password, and a provider that lends the address: its two factors are not the account's."""
    TOTP.activate(titulaire, generate_totp_secret())
    fournisseur.jeton = {"acr": "eidas2"}
    _revenir(client, fournisseur)
    suite = client.post(PROUVER, {"moyen": "mot_de_passe", "password": MOT_DE_PASSE})
    assert (suite["Location"].partition("?")[0], _compte(client)) == (reverse("mfa_authenticate"), None)
    assert not IdentiteProConnect.objects.exists()


def test_agent_sans_second_facteur_nulle_part_doit_s_enroler(
    client: Client, fournisseur: Fournisseur
) -> None:
    personne = agent(Role.INSTRUCTEUR)
    IdentiteProConnect.objects.create(sub=fournisseur.sub, utilisateur=personne)
    _revenir(client, fournisseur)
    assert client.get(LISTE)["Location"] == f"{reverse('mfa_index')}?next={LISTE}"
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_sortie_chez_le_fournisseur_avec_etat(client: Client, fournisseur: Fournisseur) -> None:
    _revenir(client, fournisseur)
    adresse = client.post(reverse("comptes:deconnexion"))["Location"]
    demande = {nom: valeurs[0] for nom, valeurs in parse_qs(urlsplit(adresse).query).items()}
    assert adresse.startswith(f"{fournisseur.emetteur}/session/end?")
    assert demande["id_token_hint"].count(".") == 2
    assert demande["post_logout_redirect_uri"] == "http://testserver/compte/proconnect/sorti/"
    assert _compte(client) is None
    sorti = reverse("comptes:proconnect_sorti")
    assert client.get(f"{sorti}?state={demande['state']}")["Location"] == "/"
    assert client.get(f"{sorti}?state={demande['state']}").status_code == 404


def test_saisie_envoyee_trop_tard_survit_au_detour_par_proconnect(
    client: Client, fournisseur: Fournisseur
) -> None:
    portee = {"reprise": '[["motif", "Un motif long."]]', "reprise_vers": "/dossiers/x/recevoir/"}
    retour = fournisseur.autoriser(client.post(f"{PARTIR}?next={LISTE}", portee)["Location"])
    assert client.get(retour)["Location"] == reverse("comptes:reprise")
    page = client.get(reverse("comptes:reprise")).content.decode()
    assert "Un motif long." in page
    assert 'action="/dossiers/x/recevoir/"' in page


def test_saisie_demesuree_n_est_pas_gardee_pour_un_inconnu(client: Client, fournisseur: Fournisseur) -> None:
    portee = {"reprise": json.dumps([["motif", "x" * ANONYME_MAX]]), "reprise_vers": "/dossiers/"}
    retour = fournisseur.autoriser(client.post(f"{PARTIR}?next={LISTE}", portee)["Location"])
    assert client.get(retour)["Location"] == LISTE


def test_delier_exige_un_autre_moyen_d_entrer(client: Client, fournisseur: Fournisseur) -> None:
    _revenir(client, fournisseur)
    identite = IdentiteProConnect.objects.get()
    delier = reverse("comptes:delier_proconnect", args=[identite.pk])
    client.post(delier)
    assert IdentiteProConnect.objects.exists()
    client.post(reverse("account_set_password"), {"password1": "quatre moutons bleus nagent"})
    client.post(delier)
    assert not IdentiteProConnect.objects.exists()


def test_connexion_par_mot_de_passe_ne_parle_pas_au_fournisseur(
    client: Client, fournisseur: Fournisseur, titulaire: Utilisateur
) -> None:
    client.post("/compte/connexion/?code=c&state=s", {"login": COURRIEL, "password": MOT_DE_PASSE})
    assert (_compte(client), fournisseur.demandes_de_jeton) == (str(titulaire.pk), [])
