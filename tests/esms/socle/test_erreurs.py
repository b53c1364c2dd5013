"""What goes wrong: the right status, French, nothing of the inside, whatever is broken."""

from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection
from django.test import Client


def _casser(erreur: Exception) -> Any:
    def executer(*_: Any) -> Any:
        raise erreur

    return connection.execute_wrapper(executer)


@pytest.fixture
def client_tolerant() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("erreur", "statut"),
    [(OperationalError("secret interne"), 503), (ProgrammingError("secret interne"), 500)],
    ids=["base absente", "panne"],
)
@pytest.mark.parametrize("adresse", ["/", "/dossiers/", "/simuler/", "/api/v1/etablissements/"])
def test_panne_dite_sans_rien_montrer(
    client_tolerant: Client, adresse: str, erreur: Exception, statut: int
) -> None:
    client_tolerant.cookies["sessionid"] = "a" * 32
    with _casser(erreur):
        reponse = client_tolerant.get(adresse)
    texte = reponse.content.decode()
    assert reponse.status_code == statut
    assert reponse.headers.get("Retry-After") == ("60" if statut == 503 else None)
    assert "secret interne" not in texte
    assert "Traceback" not in texte
    assert reponse.headers["Content-Type"].startswith(
        "application/json" if adresse.startswith("/api/") else "text/html"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nature", "corps"),
    [
        ("application/x-www-form-urlencoded", "a=" + "x" * (5 * 1024 * 1024)),
        ("application/x-www-form-urlencoded", "&".join(f"a{rang}=1" for rang in range(50_001))),
        ("multipart/form-data; boundary=", "x"),
    ],
    ids=["5 Mo", "50 001 champs", "sans frontière"],
)
@pytest.mark.parametrize("adresse", ["/simuler/", "/compte/connexion/"])
def test_corps_demesure_ou_mal_forme_recoit_une_page_francaise(
    client_tolerant: Client, adresse: str, nature: str, corps: str
) -> None:
    reponse = client_tolerant.post(adresse, corps, content_type=nature)
    assert reponse.status_code == 400
    assert "Le portail n’a pas pu lire cette demande" in reponse.content.decode()
