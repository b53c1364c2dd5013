"""Removing the stored files that no row names (`esms.socle.orphelins`), once a day or on demand."""

import logging
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.socle.orphelins import AGE, Recensement, recenser

logger = logging.getLogger(__name__)
CHAINE, GESTE = "stockage", "retirer_les_orphelins"


class TropDOrphelins(Exception):
    """So many files without a row that the database is likely not that of the storage: none was removed."""

    def __init__(self, recensement: Recensement) -> None:
        super().__init__(
            f"{len(recensement.orphelins)} fichiers sur {recensement.nombre} ne sont cités par aucune ligne"
            "\u00a0: la base n’est sans doute pas celle de ce stockage. Rien n’est retiré."
        )


def retirer_les_orphelins(*, instant: datetime, par: Utilisateur | None, meme_nombreux: bool = False) -> int:
    """Remove the files stored more than a day before `instant` that no row names; gives how many went.

    The number is journaled, if any went. A removal that fails is logged, and tried again the next day. Raises
    TropDOrphelins unless `meme_nombreux`.
    """
    recensement = recenser(avant=instant - AGE)
    if recensement.douteux and not meme_nombreux:
        raise TropDOrphelins(recensement)
    retires = sum(_retirer(nom) for nom in recensement.orphelins)
    if retires:
        with transaction.atomic():
            restes = len(recensement.orphelins) - retires
            contenu = {"retires": retires, "restes": restes, "examines": recensement.nombre}
            inscrire(chaine=CHAINE, geste=GESTE, par=par, contenu=contenu)
    return retires


def _retirer(nom: str) -> bool:
    try:
        default_storage.delete(nom)
    except Exception:  # each storage has errors of its own: OSError, botocore's…
        logger.exception("Fichier sans ligne, resté dans le stockage : %s", nom)
        return False
    return True
