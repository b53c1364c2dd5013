"""The tasks of the outbox, run by `manage.py procrastinate worker`."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.types import JSONDict

from esms.courriels.actions.envoi import BAIL, envoyer
from esms.courriels.models import Courriel, Etat
from esms.courriels.reprises import Reprises

NOM = "courriels.envoyer"
EN_ATTENTE = (Etat.A_ENVOYER, Etat.EN_COURS, Etat.A_REPRENDRE)


@app.task(name=NOM, queue="courriels", retry=Reprises())
def envoyer_courriel(courriel: int) -> None:
    """Send one e-mail of the outbox; its number is all that the queue holds of it."""
    envoyer(courriel)


def deposer(courriels: Sequence[Courriel]) -> None:
    """Ask for them to be sent, in the transaction under way: rolled back with it."""
    if courriels:
        demandes: list[JSONDict] = [{"courriel": courriel.pk} for courriel in courriels]
        envoyer_courriel.batch_defer(*demandes)


@app.periodic(cron="*/15 * * * *")
@app.task(name="courriels.reprendre_les_oublies", queue="entretien", queueing_lock="oublies")
def reprendre_les_oublies(timestamp: int) -> None:
    """Ask again for the e-mails that wait with no job left to send them.

    A job may be lost (an error that is not one of sending, a queue emptied by hand); the row is the truth.
    """
    taches = ProcrastinateJob.objects.annotate(courriel=KT("args__courriel")).filter(
        task_name=NOM, status__in=("todo", "doing"), courriel=Cast(OuterRef("pk"), TextField())
    )
    oublies = Courriel.objects.filter(
        ~Exists(taches), etat__in=EN_ATTENTE, cree_le__lt=timezone.now() - BAIL - timedelta(minutes=5)
    )
    with transaction.atomic():
        deposer(list(oublies.order_by("pk")[:1000]))
