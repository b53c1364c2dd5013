"""Files and the rows that name them: stored before the transaction, removed when no row was written.

A storage may be a bucket at the other end of a network: a file is stored while nobody's row is locked, then a
short transaction writes the row. What remains possible: a machine that dies between the two leaves a file
that no row names, removed a day later (`esms.socle.orphelins`); never a row without its file.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import Error
from django.db.models import Model
from django.db.models.fields.files import FieldFile

logger = logging.getLogger(__name__)


class Rangement:
    """The files stored so far, until their rows are written."""

    def __init__(self) -> None:
        self._ranges: list[FieldFile] = []

    def ranger(self, champ: FieldFile, nom: str, octets: BinaryIO) -> None:
        """Store `octets` under the name that the field gives, made of fresh identifiers; the row comes later.

        Raises what the storage raises; half a file is then removed as well.
        """
        try:
            champ.save(nom, File(octets), save=False)
        except BaseException:
            effacer(champ.field.generate_filename(champ.instance, nom))
            raise
        self._ranges.append(champ)

    def effacer_ce_que(self, rien_ne_nomme: Callable[[Model], bool]) -> None:
        """Remove the files of the rows for which `rien_ne_nomme` is true."""
        for champ in self._ranges:
            if champ.name and rien_ne_nomme(champ.instance):
                effacer(champ.name)


@contextmanager
def rangement() -> Iterator[Rangement]:
    """Store files, then write their rows, in this block; it opens no transaction and must not be in one.

    When the block fails, the files go, and its error comes out as it is. When it succeeds, those whose row
    was not needed (the same thing sent twice) go too.
    """
    etagere = Rangement()
    try:
        yield etagere
    except BaseException:
        etagere.effacer_ce_que(_absente_de_la_base)
        raise
    etagere.effacer_ce_que(_jamais_ecrite)


def effacer(nom: str) -> None:
    """Remove a stored file that no row names. Whatever the storage raises is logged, never raised.

    What failed first is what must be said.
    """
    try:
        default_storage.delete(nom)
    except Exception:  # each storage has errors of its own: OSError, botocore's…
        logger.exception("Fichier sans ligne, resté dans le stockage : %s", nom)


def _jamais_ecrite(ligne: Model) -> bool:
    return bool(ligne._state.adding)


def _absente_de_la_base(ligne: Model) -> bool:
    """Asked of the database: a connection lost at COMMIT says nothing of what was written.

    When it cannot answer, the file stays: better a file without its row than a row without its file.
    """
    try:
        return not type(ligne)._base_manager.filter(pk=ligne.pk).exists()
    except Error:
        logger.exception("Ligne introuvable pour %s : son fichier est gardé.", ligne.pk)
        return False
