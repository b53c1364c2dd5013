"""The receipt's PDF, made once by a task: the filing itself waits for no rendering."""

import hashlib
import io

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle.rangement import rangement
from instruction.actions.garde import consigner
from instruction.documents.accuse import rendre_accuse
from instruction.models import AccuseDeReception, AccuseEnPdf

GESTE = "produire_accuse"


def produire_le_pdf(*, accuse: int, par: Utilisateur | None) -> AccuseEnPdf:
    """Make and keep the PDF of that receipt, or give back the one that exists.

    Played twice at once, one file is kept, and its digest is journaled once. `par` is None when the portal
    does it by itself, as its task does.
    """
    recu = AccuseDeReception.objects.select_related("depot__dossier__campagne").get(pk=accuse)
    existant = AccuseEnPdf.objects.filter(accuse=recu).first()
    if existant is not None:
        return existant
    octets = rendre_accuse(recu)
    document = AccuseEnPdf(accuse=recu, sha256=hashlib.sha256(octets).hexdigest(), fait_le=timezone.now())
    with rangement() as etagere:
        etagere.ranger(document.fichier, recu.numero, io.BytesIO(octets))
        return _garder(document, par)


@transaction.atomic
def _garder(document: AccuseEnPdf, par: Utilisateur | None) -> AccuseEnPdf:
    """Write the row under the lock of its receipt; another file made meanwhile wins."""
    AccuseDeReception.objects.select_for_update().get(pk=document.accuse_id)
    existant = AccuseEnPdf.objects.filter(accuse=document.accuse_id).first()
    if existant is not None:
        return existant
    document.save(force_insert=True)
    consigner(document.accuse.depot.dossier, GESTE, par, accuse=document.accuse.numero, pdf=document.sha256)
    return document
