"""Headers of every response."""

import pytest
from django.urls import reverse

from esms.comptes.models import Utilisateur

pytestmark = pytest.mark.django_db

UN_DOSSIER = "11111111-1111-4111-8111-111111111111"


def test_entetes_de_toute_page(client):
    reponse = client.get(reverse("comptes:connexion"))
    assert {
        nom: reponse.headers[nom] for nom in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
    } == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    assert reponse.headers["Permissions-Policy"].startswith("camera=()")
    politique = reponse.headers["Content-Security-Policy"]
    assert ("default-src 'none'" in politique, "unsafe" in politique) == (True, False)


def test_entetes_page_d_une_personne_connectee_jamais_partagee(client):
    client.force_login(Utilisateur.objects.create_user("a@exemple.fr", nom="A"))
    assert client.get(reverse("conventions:liste")).headers["Cache-Control"] == "no-store, private"


def test_page_sans_jeton_refusee_sans_rien_perdre(client):
    client.handler.enforce_csrf_checks = True
    reponse = client.post(reverse("comptes:connexion"), {"login": "a", "password": "b"})
    assert (reponse.status_code, reponse.templates[0].name) == (403, "403_csrf.html")


@pytest.mark.parametrize(
    ("adresse", "retour"),
    [
        (
            "/dossiers/11111111-1111-4111-8111-111111111111/deposer/",
            "/dossiers/11111111-1111-4111-8111-111111111111/",
        ),
        ("/droits/invitations/3/accepter/", "/droits/"),
        ("/compte/deconnexion/", "/compte/"),
    ],
)
def test_adresse_d_un_bouton_ouverte_directement_dit_ou_revenir(client, adresse, retour):
    client.force_login(Utilisateur.objects.create_user("a@exemple.fr", nom="A"))
    reponse = client.get(adresse)
    assert (reponse.status_code, reponse.templates[0].name) == (405, "405.html")
    assert (reponse.context["retour"], "POST" in reponse.headers["Allow"]) == (retour, True)
    assert f'href="{retour}"' in reponse.content.decode()


def test_methode_refusee_par_l_api_reste_du_json(client):
    reponse = client.get("/api/v1/simulations/")
    assert (reponse.status_code, reponse.headers["Content-Type"]) == (405, "application/json")
