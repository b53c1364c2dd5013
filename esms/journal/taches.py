"""The daily root of the journal, without an operator."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from esms.journal.actions import sceller_le_jour
from esms.journal.models import Racine


@app.periodic(cron="10 * * * *")
@app.task(
    name="journal.sceller",
    queue="entretien",
    queueing_lock="sceller",
    retry=RetryStrategy(max_attempts=5, linear_wait=60),
)
def sceller_le_journal(timestamp: int) -> None:
    """Seal the day, once: looked at every hour, so that a worker stopped at midnight makes up for it.

    The table is locked only when there is something to seal. Raises OperationalError while a long writing
    holds it: tried again a minute later, then two.
    """
    if not Racine.objects.filter(jour__gte=timezone.localdate()).exists():
        sceller_le_jour(par=None)
