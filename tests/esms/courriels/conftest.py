"""A mail server of loopback, and e-mails to send through it."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from esms.courriels.actions.ecriture import ecrire
from esms.courriels.models import Courriel
from tests.esms.courriels.serveur import Serveur, serveur


@pytest.fixture
def smtp(settings: Any) -> Iterator[Serveur]:
    """The portal sends its e-mails to it."""
    with serveur() as etat:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", etat.port, False
        settings.DEFAULT_FROM_EMAIL = "Portail <ne-pas-repondre@portail.example>"
        settings.ESMS_ADRESSE = "https://portail.example"
        yield etat


@pytest.fixture
def courriel() -> Callable[..., Courriel]:
    """Writes one more e-mail."""
    rangs = count(1)

    def ecrire_un(**changements: Any) -> Courriel:
        demande = {
            "gabarit": "certification_faite",
            "a": "personne@essais.example",
            "destinataire": None,
            "contexte": {"campagne": "OCC", "porteur": "Association « L’Été »", "fin": "lundi"},
            "lien": "/dossiers/",
            "cle": f"essai:{next(rangs)}",
            **changements,
        }
        with transaction.atomic():
            ecrit = ecrire(**demande)
        assert ecrit is not None
        return ecrit

    return ecrire_un
