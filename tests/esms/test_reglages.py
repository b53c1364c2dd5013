"""What production serves: settings read in a process of its own, as the portal does."""

import json
import os
import subprocess
import sys

import pytest

_LIRE = """
import json
from esms import settings
print(json.dumps({nom: getattr(settings, nom) for nom in dir(settings) if nom.isupper()}, default=str))
"""


def _reglages(**environnement: str) -> dict[str, object]:
    propres = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("ESMS_")}
    propres |= {"ESMS_SECRET_KEY": "x" * 50, "DATABASE_URL": "postgresql://x@localhost/x", **environnement}
    sortie = subprocess.run([sys.executable, "-c", _LIRE], env=propres, capture_output=True, check=True)
    return json.loads(sortie.stdout)  # type: ignore[no-any-return]


def test_production_ne_parle_que_https_et_garde_ses_temoins() -> None:
    reglages = _reglages(ESMS_HOTES="portail.example")
    attendus = {
        "DEBUG": False,
        "ESMS_DEMO": False,
        "ALLOWED_HOSTS": ["portail.example"],
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
    }
    assert {nom: reglages[nom] for nom in attendus} == attendus


def test_production_garde_les_mots_de_passe_par_argon2() -> None:
    hacheurs = _reglages()["PASSWORD_HASHERS"]
    assert isinstance(hacheurs, list)
    assert hacheurs[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert not any("MD5" in hacheur for hacheur in hacheurs)


def test_production_sans_nom_d_hote_ne_repond_a_personne() -> None:
    assert _reglages()["ALLOWED_HOSTS"] == [""]


@pytest.mark.parametrize("hote", ["ailleurs.example", "testserver.ailleurs.example", "a b", "[::1", ""])
def test_hote_inconnu_recoit_une_page_francaise(client: object, hote: str) -> None:
    reponse = client.get("/", HTTP_HOST=hote)  # type: ignore[attr-defined]
    assert reponse.status_code == 400
    assert "Le portail n’a pas pu lire cette demande" in reponse.content.decode()
    assert "Traceback" not in reponse.content.decode()
