"""A session that ends while someone is writing: nothing typed is lost."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from instruction.models import Section
from tests.fabriques import MOT_DE_PASSE, Monde

pytestmark = pytest.mark.django_db
LONG = "Un texte long, <b>balisé</b> & « accentué »,\nsur deux lignes."


@pytest.fixture
def monde() -> Monde:
    monde = Monde()
    monde.porteur.set_password(MOT_DE_PASSE)
    monde.porteur.save()
    return monde


def _textes(monde: Monde) -> dict[str, object]:
    return {**dict.fromkeys(monde.saisies()["projet"], LONG), "version": monde.section("projet").version}


def _se_reconnecter(client: Client, monde: Monde, champs: dict[str, str], mot: str = MOT_DE_PASSE) -> Any:
    return client.post(
        reverse("comptes:connexion"), {"login": monde.porteur.courriel, "password": mot, **champs}
    )


def test_texte_envoye_apres_la_fin_de_la_session_arrive_apres_la_reconnexion(
    monde: Monde, client: Client
) -> None:
    adresse = reverse("dossiers:section", args=[monde.dossier.pk, "projet"])
    expiree = client.post(adresse, _textes(monde))
    assert expiree.status_code == 401
    assert "&lt;b&gt;balisé&lt;/b&gt;" in expiree.content.decode()
    assert expiree.headers["Cache-Control"] == "no-store, private"
    assert not Section.objects.exists()
    champs = {"reprise": expiree.context["saisie"].en_json(), "reprise_vers": adresse}
    rate = _se_reconnecter(client, monde, champs, "faux")
    assert rate.context["saisie"].en_json() == champs["reprise"]  # a wrong password loses nothing either
    suite = _se_reconnecter(client, monde, champs)
    assert (suite.status_code, suite["Location"]) == (302, reverse("comptes:reprise"))
    rendue = client.get(suite["Location"])
    assert rendue.status_code == 200
    assert f'action="{adresse}"' in rendue.content.decode()
    assert client.post(rendue.context["vers"], dict(rendue.context["saisie"].champs)).status_code == 302
    assert set(monde.section("projet").contenu.values()) == {LONG}


@pytest.mark.parametrize(
    ("adresse", "champs"),
    [
        ("dossiers:envoyer_message", {"texte": LONG}),
        ("dossiers:complements", {"reponse-1": LONG}),
        ("dossiers:desister", {"motif": LONG}),
        ("dossiers:solde", {"U1-n": "70", "commentaire": LONG}),
    ],
)
def test_formulaire_sans_enregistrement_automatique_est_rendu_aussi(
    monde: Monde, client: Client, adresse: str, champs: dict[str, str]
) -> None:
    """One mechanism for every form: the door of the portal, not the screens."""
    vers = reverse(adresse, args=[monde.dossier.pk])
    expiree = client.post(vers, champs)
    portee = {"reprise": expiree.context["saisie"].en_json(), "reprise_vers": vers}
    suite = _se_reconnecter(client, monde, portee)
    rendue = client.get(suite["Location"])
    assert (rendue.context["vers"], dict(rendue.context["saisie"].champs)) == (vers, champs)


def test_bouton_sans_saisie_renvoie_a_sa_page(monde: Monde, client: Client) -> None:
    page = reverse("dossiers:relecture", args=[monde.dossier.pk])
    adresse = reverse("dossiers:deposer", args=[monde.dossier.pk])
    for provenance, suite in ((f"http://testserver{page}", page), ("https://ailleurs.example/x", "/")):
        reponse = client.post(adresse, headers={"Referer": provenance})
        assert reponse["Location"] == f"/compte/connexion/?next={suite}"


def test_fichier_envoye_apres_la_session_est_nomme(monde: Monde, client: Client) -> None:
    adresse = reverse("dossiers:joindre", args=[monde.dossier.pk, "P1"])
    reponse = client.post(adresse, {"fichier": SimpleUploadedFile("<i>candidature.pdf", b"x")})
    assert reponse.status_code == 401
    assert "«\u00a0&lt;i&gt;candidature.pdf\u00a0»" in reponse.content.decode()


@pytest.mark.parametrize(
    ("vers", "reprise"),
    [
        ("https://ailleurs.example/", '[["a", "b c"]]'),
        ("//ailleurs.example/", '[["a", "b c"]]'),
        ("/\\ailleurs.example", '[["a", "b c"]]'),
        ("javascript:alert(1)", '[["a", "b c"]]'),
        ("/dossiers/", "pas du JSON"),
        ("/dossiers/", '{"a": 1}'),
        ("/dossiers/", '[["a", ["b"]]]'),
        ("/dossiers/", '[["a"]]'),
        ("/dossiers/", "[" * 5000),
        ("/dossiers/", "[]"),
    ],
)
def test_reprise_forgee_est_ignoree(monde: Monde, client: Client, vers: str, reprise: str) -> None:
    reponse = _se_reconnecter(client, monde, {"reprise": reprise, "reprise_vers": vers})
    assert (reponse.status_code, reponse["Location"]) == (302, "/dossiers/")


def test_jeton_perime_rend_la_saisie_a_notre_formulaire_seulement(monde: Monde) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(monde.porteur)
    adresse = reverse("dossiers:section", args=[monde.dossier.pk, "projet"])
    sien = client.post(adresse, _textes(monde), headers={"Sec-Fetch-Site": "same-origin"})
    autre = client.post(adresse, _textes(monde), headers={"Sec-Fetch-Site": "cross-site"})
    assert (sien.status_code, autre.status_code) == (403, 403)
    assert sien.context["saisie"].champs
    assert "Envoyer ma saisie" in sien.content.decode()
    assert autre.context["saisie"] is None
    assert "balisé" not in autre.content.decode()


def test_dossier_depose_pendant_la_saisie_montre_ce_qui_etait_tape(monde: Monde, client: Client) -> None:
    client.force_login(monde.porteur)
    saisie = _textes(monde)
    monde.deposer()
    reponse = client.post(reverse("dossiers:section", args=[monde.dossier.pk, "projet"]), saisie)
    assert reponse.status_code == 409
    assert reponse.content.decode().count("&lt;b&gt;balisé&lt;/b&gt;") == len(saisie) - 1
