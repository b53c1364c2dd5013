"""The tasks of the outbox, run by `manage.py procrastinate worker`."""

from collections.abc import Sequence

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from esms.courriels.envoi import envoyer
from esms.courriels.models import Courriel
from esms.courriels.reprises import Reprises


@app.task(name="courriels.envoyer", queue="courriels", retry=Reprises())
def envoyer_courriel(courriel: int) -> None:
    """Send one e-mail of the outbox; its number is all that the queue holds of it."""
    envoyer(courriel)


def deposer(courriels: Sequence[Courriel]) -> None:
    """Ask for them to be sent, in the transaction under way: rolled back with it."""
    if courriels:
        demandes: list[JSONDict] = [{"courriel": courriel.pk} for courriel in courriels]
        envoyer_courriel.batch_defer(*demandes)
