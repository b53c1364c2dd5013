"""The upkeep of the queue itself. Cron instants are UTC."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app

journal = logging.getLogger(__name__)

# A worker says every ten seconds that it lives; thirty without a word, it is dead (kill -9, machine lost).
SILENCE = 30  # seconds
REUSSIES, ECHOUEES = 7 * 24, 90 * 24  # hours


@app.periodic(cron="* * * * *")
@app.task(
    name="socle.reprendre_les_bloquees", queue="entretien", queueing_lock="reprendre", pass_context=True
)
async def reprendre_les_bloquees(context: JobContext, timestamp: int) -> None:
    """Give back to the queue the jobs of dead workers: each task is written to be played again."""
    gestion = context.app.job_manager
    for tache in await gestion.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        journal.warning("Tâche %s (%s) reprise : son exécutant s’est arrêté.", tache.id, tache.task_name)
        await gestion.retry_job(tache)


@app.periodic(cron="40 2 * * *")
@app.task(name="socle.purger_les_taches", queue="entretien", queueing_lock="purger", pass_context=True)
async def purger_les_taches(context: JobContext, timestamp: int) -> None:
    """Forget finished jobs: after a week, and after ninety days those that failed for good."""
    gestion = context.app.job_manager
    await gestion.delete_old_jobs(nb_hours=REUSSIES)
    await gestion.delete_old_jobs(nb_hours=ECHOUEES, include_failed=True, include_cancelled=True)
