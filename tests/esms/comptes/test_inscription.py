"""Signing up: open to all, by a code sent to the address; nothing says whether an address is known."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from esms.comptes.acces import roles_actifs
from esms.comptes.models import Utilisateur
from esms.journal.models import Entree
from tests.fabriques import utilisateur

pytestmark = pytest.mark.django_db
INSCRIPTION, CODE = reverse("account_signup"), reverse("account_email_verification_sent")
CHAMPS = {
    "nom": "Camille Roux",
    "email": "Camille@Asso.example",
    "password1": "quatre moutons bleus nagent",
}


@pytest.fixture(autouse=True)
def _compteurs_vides() -> None:
    cache.clear()


def _code(courriel: Any) -> str:
    return re.search(r"code\u00a0: (\S+)", courriel.body)[1]  # type: ignore[index]


def test_inscription_par_code_ouvre_un_compte_sans_role(client: Client, mailoutbox: list[Any]) -> None:
    assert client.post(INSCRIPTION, CHAMPS)["Location"] == CODE
    personne = Utilisateur.objects.get()
    assert (personne.courriel, personne.nom) == ("camille@asso.example", "Camille Roux")
    assert "_auth_user_id" not in client.session
    assert mailoutbox[0].to == ["camille@asso.example"]
    assert client.post(CODE, {"code": "FAUX-CODE"}).status_code == 200
    assert client.post(CODE, {"code": _code(mailoutbox[0]).lower()}).status_code == 302
    assert client.session["_auth_user_id"] == str(personne.pk)
    assert roles_actifs(personne) == frozenset()
    assert EmailAddress.objects.get().verified
    assert [entree.geste for entree in Entree.objects.filter(chaine=f"compte:{personne.pk}")] == [
        "s_inscrire"
    ]


def test_inscription_adresse_connue_meme_reponse_et_courriel_a_son_titulaire(
    client: Client, mailoutbox: list[Any]
) -> None:
    connue = utilisateur().courriel
    reponse = client.post(INSCRIPTION, {**CHAMPS, "email": connue.upper()})
    nouvelle = Client().post(INSCRIPTION, CHAMPS)
    assert (reponse.status_code, reponse["Location"]) == (nouvelle.status_code, nouvelle["Location"])
    pages = [client.get(CODE).content.decode(), Client().get(CODE).status_code]
    assert "Nous avons écrit à" in pages[0]
    assert [courriel.to for courriel in mailoutbox] == [[connue], ["camille@asso.example"]]
    assert "vous avez déjà un compte" in mailoutbox[0].subject
    assert Utilisateur.objects.count() == 2


def test_inscription_sans_le_code_n_ouvre_rien(client: Client, mailoutbox: list[Any]) -> None:
    client.post(INSCRIPTION, CHAMPS)
    autre = Client()
    autre.post(reverse("comptes:connexion"), {"login": CHAMPS["email"], "password": CHAMPS["password1"]})
    assert "_auth_user_id" not in autre.session


def test_inscription_trois_codes_faux_font_recommencer(client: Client, mailoutbox: list[Any]) -> None:
    client.post(INSCRIPTION, CHAMPS)
    statuts = [client.post(CODE, {"code": "FAUX-CODE"}).status_code for _ in range(3)]
    assert statuts == [200, 200, 302]
    client.post(CODE, {"code": _code(mailoutbox[0])})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("mot", "phrase"),
    [("court", "14 caractères"), ("a" * 20, "se devine trop"), ("camille roux camille", "trop semblable")],
)
def test_inscription_mot_de_passe_refuse(client: Client, mot: str, phrase: str) -> None:
    reponse = client.post(INSCRIPTION, {**CHAMPS, "password1": mot})
    assert phrase in str(reponse.context["form"].errors["password1"])
    assert not Utilisateur.objects.exists()


def test_inscription_revient_a_la_page_demandee(client: Client, mailoutbox: list[Any]) -> None:
    suite = reverse("dossiers:liste")
    client.post(INSCRIPTION, {**CHAMPS, "next": suite})
    assert client.post(CODE, {"code": _code(mailoutbox[0])})["Location"] == suite


def test_oubli_par_code_change_le_mot_de_passe_et_ferme_les_sessions(
    client: Client, mailoutbox: list[Any]
) -> None:
    personne = utilisateur(mot_de_passe="phrase de passe des essais")
    ouverte = Client()
    ouverte.force_login(personne)
    suite = client.post(reverse("account_reset_password"), {"email": personne.courriel})
    client.post(suite["Location"], {"code": _code(mailoutbox[0])})
    fait = client.post(reverse("account_complete_password_reset"), {"password1": CHAMPS["password1"]})
    assert fait["Location"] == reverse("account_password_reset_completed")
    personne.refresh_from_db()
    assert personne.check_password(CHAMPS["password1"])
    assert ouverte.get(reverse("comptes:mon_compte")).status_code == 302
    assert "mot de passe changé" in mailoutbox[1].subject
    assert Entree.objects.get(chaine=f"compte:{personne.pk}").geste == "reinitialiser_mot_de_passe"


def test_oubli_adresse_inconnue_meme_reponse(client: Client, mailoutbox: list[Any]) -> None:
    connue = utilisateur().courriel
    reponses = [
        Client().post(reverse("account_reset_password"), {"email": adresse})
        for adresse in (connue, "personne@ailleurs.example")
    ]
    assert reponses[0]["Location"] == reponses[1]["Location"]
    assert [courriel.to[0] for courriel in mailoutbox] == [connue, "personne@ailleurs.example"]


def test_courriels_d_un_code_ne_portent_ni_nom_ni_hote(client: Client, mailoutbox: list[Any]) -> None:
    client.post(INSCRIPTION, CHAMPS)
    envoye = mailoutbox[0].subject + mailoutbox[0].body
    assert ("Camille Roux" in envoye, "testserver" in envoye) == (False, False)


def test_trop_d_inscriptions_d_une_adresse_429(client: Client) -> None:
    statuts = [client.post(INSCRIPTION, {}).status_code for _ in range(21)]
    assert statuts == [200] * 20 + [429]
