"""The tasks of the outbox, run by `manage.py procrastinate worker`."""

from procrastinate.contrib.django import app

from esms.courriels.envoi import envoyer
from esms.courriels.models import Courriel
from esms.courriels.reprises import Reprises


@app.task(name="courriels.envoyer", queue="courriels", retry=Reprises())
def envoyer_courriel(courriel: int) -> None:
    """Send one e-mail of the outbox; its number is all that the queue holds of it."""
    envoyer(courriel)


def deposer(courriel: Courriel) -> None:
    """Ask for it to be sent, in the transaction under way: rolled back with it."""
    envoyer_courriel.configure(lock=f"courriel:{courriel.pk}").defer(courriel=courriel.pk)
