"""Tasks of the dossiers, run by `manage.py procrastinate worker`. What a task does is an action."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from esms.socle.antivirus import AnalyseImpossible
from instruction.actions import (
    analyse,
    avertir,
    orphelins,
    prolongation,
    purge,
    rappels,
    rappels_complements,
)
from instruction.actions.accuse import produire_le_pdf

# A file waits for the antivirus as long as it takes: thirty tries, later and later, cover two hours; then the
# periodic task takes over.
REPRISES = RetryStrategy(
    max_attempts=30,
    wait=10,
    linear_wait=15,
    retry_exceptions=[AnalyseImpossible],  # seconds
)
RELANCES = RetryStrategy(max_attempts=10, exponential_wait=4)  # seconds: 4, 16, 64…
ABANDONNEE_DEPUIS = timedelta(hours=2)


@app.task(name="pieces.analyser", queue="antivirus", retry=REPRISES)
def analyser_piece(piece: str) -> None:
    """Ask the antivirus about one file; fails, to be tried again, when there is no verdict."""
    analyse.analyser(piece=UUID(piece), par=None)


@app.periodic(cron="*/15 * * * *")
@app.task(
    name="pieces.analyser_ce_qui_attend", queue="antivirus", queueing_lock="pieces.analyser_ce_qui_attend"
)
def analyser_ce_qui_attend(timestamp: int) -> None:
    """Take up again the files whose tries ran out; `timestamp` is that of the schedule."""
    analyse.analyser_ce_qui_attend(par=None, depuis=ABANDONNEE_DEPUIS)


@app.task(
    name="accuses.produire", queue="documents", retry=RetryStrategy(max_attempts=10, exponential_wait=4)
)
def produire_accuse(accuse: int) -> None:
    """Make the PDF of a receipt; its number in the table is all that the queue holds of it."""
    produire_le_pdf(accuse=accuse, par=None)


@app.task(name="depots.annoncer", queue="courriels", retry=RELANCES)
def annoncer_depot(depot: int) -> None:
    """Write the e-mails of a filing; twice changes nothing."""
    avertir.annoncer_le_depot(depot=depot, par=None)


@app.task(name="campagnes.prevenir_d_une_prolongation", queue="courriels", retry=RELANCES)
def prevenir_d_une_prolongation(campagne: int, rang: int) -> None:
    """Write one e-mail to each porteur with a draft; `rang` is the journal's entry that moved the closing."""
    prolongation.prevenir(campagne=campagne, rang=rang, par=None)


@app.periodic(cron="20 * * * *")
@app.task(name="dossiers.rappeler", queue="entretien", queueing_lock="dossiers.rappeler")
def rappeler_les_brouillons(timestamp: int) -> None:
    """Every hour, one task for each draft that may have a reminder due: one that fails stops no other."""
    demandes: list[JSONDict] = [
        {"dossier": str(dossier)} for dossier in rappels.brouillons_a_rappeler(timezone.now())
    ]
    if demandes:
        rappeler_un_brouillon.batch_defer(*demandes)


@app.task(name="dossiers.rappeler_un", queue="entretien", retry=RELANCES)
def rappeler_un_brouillon(dossier: str) -> None:
    """Write the reminder of one draft, if it is due now; twice changes nothing."""
    rappels.rappeler(dossier=UUID(dossier), instant=timezone.now(), par=None)


@app.periodic(cron="25 * * * *")
@app.task(name="complements.rappeler", queue="entretien", queueing_lock="complements.rappeler")
def rappeler_les_complements(timestamp: int) -> None:
    """Every hour, one task for each open request whose deadline is near: one that fails stops no other."""
    demandes: list[JSONDict] = [
        {"dossier": str(dossier)} for dossier in rappels_complements.demandes_a_rappeler(timezone.now())
    ]
    if demandes:
        rappeler_une_demande.batch_defer(*demandes)


@app.task(name="complements.rappeler_un", queue="entretien", retry=RELANCES)
def rappeler_une_demande(dossier: str) -> None:
    """Write the reminder of one request, if it is due now; twice changes nothing."""
    rappels_complements.rappeler_complements(dossier=UUID(dossier), instant=timezone.now(), par=None)


@app.periodic(cron="30 5 * * *")
@app.task(
    name="dossiers.effacer_les_perimes", queue="entretien", queueing_lock="dossiers.effacer_les_perimes"
)
def effacer_les_brouillons_perimes(timestamp: int) -> None:
    """Every day, one task for each draft whose time is over or nearly: one that fails stops no other."""
    demandes: list[JSONDict] = [
        {"dossier": str(dossier)} for dossier in purge.brouillons_perimes(timezone.now())
    ]
    if demandes:
        avancer_un_effacement.batch_defer(*demandes)


@app.task(name="dossiers.avancer_un_effacement", queue="entretien", retry=RELANCES)
def avancer_un_effacement(dossier: str) -> None:
    """Warn the porteur of one draft, or erase it, whichever is due now; twice changes nothing."""
    purge.avancer_l_effacement(dossier=UUID(dossier), instant=timezone.now(), par=None)


@app.periodic(cron="50 3 * * *")
@app.task(name="stockage.retirer_les_orphelins", queue="entretien", queueing_lock="retirer_les_orphelins")
def retirer_les_orphelins(timestamp: int) -> None:
    """Every day, remove the stored files that no row names; fails, and removes nothing, if they are many."""
    orphelins.retirer_les_orphelins(instant=timezone.now(), par=None)
