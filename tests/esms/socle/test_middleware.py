"""Headers of every response."""

import pytest
from django.urls import reverse

from esms.comptes.models import Utilisateur

pytestmark = pytest.mark.django_db


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
