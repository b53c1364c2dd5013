"""One e-mail leaves: taken, sent, marked. At least once; once unless a machine dies at the wrong instant.

    à envoyer ─┐                     ┌─► envoyé
    à reprendre ┴─► en cours (leased) ┼─► à reprendre, then again after a growing delay
                        ▲             └─► abandonné, after the last delay or a refusal for good
                        └── the lease has run out: whoever held it is dead

Taking and marking are two short transactions under the row's lock; nothing is locked while the mail server
answers. What remains possible: the server accepts the message and the worker dies before it marks the row.
The lease then runs out and it leaves a second time, under the same Message-ID, by which mailboxes may see
that they have it already.
"""

import smtplib
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from esms.courriels.models import Courriel, Etat, Notification
from esms.courriels.redaction import corps
from esms.courriels.reprises import EchecDEnvoi, delai

# Well above what one sending lasts (each exchange with the server is cut by ESMS_COURRIEL_DELAI, in seconds).
BAIL = timedelta(minutes=10)


def envoyer(identifiant: int) -> None:
    """Send the e-mail `identifiant`, unless it is sent or given up already.

    Raises EchecDEnvoi, with the delay before another try, when it did not leave or somebody else is at it.
    """
    courriel = prendre(identifiant)
    if courriel is None:
        return
    try:
        _remettre(courriel)
    except (OSError, smtplib.SMTPException, ValueError) as erreur:  # ValueError: an address it cannot write
        attente = noter_l_echec(courriel, erreur)
        if attente is not None:
            # Not chained: the server's answer quotes addresses, and the queue's log keeps tracebacks.
            raise EchecDEnvoi(type(erreur).__name__, attente) from None
    else:
        noter_l_envoi(courriel)


@transaction.atomic
def prendre(identifiant: int) -> Courriel | None:
    """Lease the row: en cours from now. None when there is nothing to do.

    Raises EchecDEnvoi while another worker holds a lease that has not run out.
    """
    courriel = Courriel.objects.select_for_update().get(pk=identifiant)
    if courriel.etat in (Etat.ENVOYE, Etat.ABANDONNE):
        return None
    maintenant = timezone.now()
    if courriel.pris_le is not None and maintenant - courriel.pris_le < BAIL:
        raise EchecDEnvoi("EnCoursAilleurs", BAIL - (maintenant - courriel.pris_le))
    courriel.etat, courriel.pris_le = Etat.EN_COURS, maintenant
    courriel.essais += 1
    courriel.save(update_fields=["etat", "pris_le", "essais"])
    return courriel


@transaction.atomic
def noter_l_envoi(courriel: Courriel) -> None:
    """It left. A link that nobody has in the portal (an invitation, say) is forgotten: it may be a key."""
    actuel = Courriel.objects.select_for_update().get(pk=courriel.pk)
    if actuel.etat == Etat.ENVOYE:
        return
    actuel.etat, actuel.pris_le, actuel.erreur = Etat.ENVOYE, None, ""
    actuel.envoye_le = timezone.now()
    if not _notifie(actuel):
        actuel.lien = "/"
    actuel.save(update_fields=["etat", "pris_le", "erreur", "envoye_le", "lien"])


@transaction.atomic
def noter_l_echec(courriel: Courriel, erreur: Exception) -> timedelta | None:
    """It did not: how long to wait before another try, None when it is given up."""
    actuel = Courriel.objects.select_for_update().get(pk=courriel.pk)
    if actuel.pris_le != courriel.pris_le:
        return None  # the lease ran out, and whoever took it after us answers for it
    attente = None if definitif(erreur) else delai(actuel.essais)
    actuel.etat = Etat.ABANDONNE if attente is None else Etat.A_REPRENDRE
    actuel.pris_le, actuel.erreur = None, type(erreur).__name__
    actuel.save(update_fields=["etat", "pris_le", "erreur"])
    return attente


def definitif(erreur: Exception) -> bool:
    """Whether it can never leave (an address that is none, a 5xx of the server): asking again is vain."""
    if isinstance(erreur, ValueError):
        return True
    if isinstance(erreur, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in erreur.recipients.values())
    if isinstance(erreur, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        return False  # our own settings, not this message: the operator mends them, the row waits
    return isinstance(erreur, smtplib.SMTPResponseException) and 500 <= erreur.smtp_code < 600


def _notifie(courriel: Courriel) -> bool:
    return Notification.objects.filter(courriel=courriel).exists()


def _remettre(courriel: Courriel) -> None:
    domaine = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMessage(
        subject=courriel.objet,
        body=corps(courriel.texte, courriel.lien, notifie=_notifie(courriel)),
        to=[courriel.a],
        headers={
            "Message-ID": f"<courriel.{courriel.pk}.{courriel.cree_le:%Y%m%d%H%M%S%f}@{domaine}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answer to it
        },
        connection=get_connection(),
    )
    message.send()
