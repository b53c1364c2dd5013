"""Stored files that no row names: what a machine killed between storing a file and writing its row leaves.

The models are asked, never a list of them: a model that gains a file is looked at the same day. Only names
that the portal gives (an identifier) are candidates; a file that somebody laid there by hand stays.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField

AGE = timedelta(hours=24)
"""A younger file may still wait for its row: storing and writing are seconds apart, a day is ample."""
LOT = 1_000  # names asked for in one query of each model
PART_MAX, NOMBRE_MAX = 50, 20  # beyond 1 file in 50, and beyond 20, the database is not that of the storage
_DU_PORTAIL = re.compile(r"(?:.*/)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:_\w{7})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Recensement:
    """How many files the storage holds, and those that no row names and that are old enough, by name."""

    nombre: int
    orphelins: tuple[str, ...]

    @property
    def douteux(self) -> bool:
        """Too many to be accidents: more likely the database was restored, or is another one."""
        return len(self.orphelins) > max(NOMBRE_MAX, self.nombre // PART_MAX)


def recenser(*, avant: datetime) -> Recensement:
    """Walk the whole storage; memory grows with the orphans only. Raises what the storage raises."""
    nombre, orphelins, noms = 0, [], _noms("")
    while lot := list(islice(noms, LOT)):
        nombre += len(lot)
        candidats = [nom for nom in lot if _DU_PORTAIL.fullmatch(nom)]
        cites = cites_parmi(candidats)
        orphelins += [nom for nom in candidats if nom not in cites and _date_d_avant(nom, avant)]
    return Recensement(nombre, tuple(sorted(orphelins)))


def champs_de_fichier() -> list[FileField]:
    """Every field of every model that names a stored file."""
    return [
        champ
        for modele in apps.get_models()
        for champ in modele._meta.concrete_fields
        if isinstance(champ, FileField)
    ]


def cites_parmi(noms: Sequence[str]) -> set[str]:
    """Those that a row names, withdrawn rows included; one query for each field."""
    cites: set[str] = set()
    for champ in champs_de_fichier():
        lignes = champ.model._base_manager.filter(**{f"{champ.name}__in": noms}).order_by()
        cites.update(lignes.values_list(champ.name, flat=True))
    return cites


def _noms(dossier: str) -> Iterator[str]:
    try:
        dossiers, fichiers = default_storage.listdir(dossier)
    except FileNotFoundError:  # nothing was ever stored, or the folder went meanwhile
        return
    prefixe = f"{dossier}/" if dossier else ""
    yield from (f"{prefixe}{nom}" for nom in fichiers if nom)
    for interieur in dossiers:
        yield from _noms(f"{prefixe}{interieur}")


def _date_d_avant(nom: str, avant: datetime) -> bool:
    try:
        return default_storage.get_modified_time(nom) < avant
    except FileNotFoundError:
        return False
