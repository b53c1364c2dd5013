"""The receipt's PDF, made once by a task: the filing itself waits for no rendering."""

import hashlib
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from instruction.documents.accuse import rendre_accuse
from instruction.models import AccuseDeReception, AccuseEnPdf


def produire_le_pdf(*, accuse: int) -> AccuseEnPdf:
    """Make and keep the PDF of that receipt, or give back the one that exists.

    Played twice at once, one file is kept. The journal already holds the filing: the PDF says nothing more.
    """
    recu = AccuseDeReception.objects.select_related("depot__dossier__campagne").get(pk=accuse)
    existant = AccuseEnPdf.objects.filter(accuse=recu).first()
    if existant is not None:
        return existant
    octets = rendre_accuse(recu)
    document = AccuseEnPdf(accuse=recu, sha256=hashlib.sha256(octets).hexdigest(), fait_le=timezone.now())
    document.fichier.save(recu.numero, ContentFile(octets), save=False)
    try:
        return _garder(document)
    except BaseException:
        _effacer(document)
        raise


@transaction.atomic
def _garder(document: AccuseEnPdf) -> AccuseEnPdf:
    """Write the row under the lock of its receipt; another file made meanwhile wins."""
    AccuseDeReception.objects.select_for_update().get(pk=document.accuse_id)
    existant = AccuseEnPdf.objects.filter(accuse=document.accuse_id).first()
    if existant is not None:
        _effacer(document)
        return existant
    document.save(force_insert=True)
    return document


def _effacer(document: AccuseEnPdf) -> None:
    with suppress(OSError):
        default_storage.delete(str(document.fichier.name))
