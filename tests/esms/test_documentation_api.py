"""The page of the public API: every operation of the schema, and no style that the CSP refuses."""

import pytest
from django.test import Client
from django.urls import reverse

from esms.documentation_api import operations

pytestmark = pytest.mark.django_db


def test_operations_de_l_api_publique() -> None:
    assert [(operation.methode, operation.adresse, operation.ancre) for operation in operations()] == [
        ("GET", "/api/v1/aap/", "lister_les_aap"),
        ("GET", "/api/v1/etablissements/", "chercher_des_etablissements"),
        ("POST", "/api/v1/simulations/", "simuler"),
    ]


def test_page_de_l_api_dit_chaque_operation_sans_style_en_ligne(client: Client) -> None:
    reponse = client.get(reverse("api:documentation"))
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert [operation for operation in operations() if f'id="{operation.ancre}"' not in page] == []
    assert "<style" not in page
    assert "$ref" not in page
