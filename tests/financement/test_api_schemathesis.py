"""The API against what its own description says: thousands of odd requests, never a 500."""

from typing import Any

import pytest
import schemathesis
from django.core import signals
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from esms.wsgi import application
from financement.api import Simulations

ATTENDUS = [not_a_server_error, response_schema_conformance, status_code_conformance]


@pytest.fixture
def description(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The description that the portal publishes; the rate limit is out of the way."""
    settings.ALLOWED_HOSTS = ["localhost"]
    # At the end of a request WSGI closes its connection; here it is the test's, inside its transaction.
    monkeypatch.setattr(signals.request_started, "receivers", [])
    monkeypatch.setattr(signals.request_finished, "receivers", [])
    debit = Simulations.throttle_classes[0]
    monkeypatch.setattr(debit, "THROTTLE_RATES", {"simulations": "1000000/min", "lecture": "1000000/min"})
    return schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)


schema = schemathesis.pytest.from_fixture("description")


@pytest.mark.django_db
@schema.include(path_regex="^/api/v1/(simulations|aap)/").parametrize()
@hypothesis(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_api_sans_erreur_du_serveur(case: schemathesis.Case) -> None:
    case.call_and_validate(checks=ATTENDUS)
