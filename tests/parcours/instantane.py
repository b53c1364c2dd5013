"""The rows and files of a loaded world, taken once per session and put back for each test that wants it."""

import shutil
from collections.abc import Callable, Hashable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tests.rigueur.vidage import GARDEES, SANS_GARDES


class Instantanes:
    """Keeps each world beside the tests, in `lieu`; loading it again would take seconds of every test."""

    def __init__(self, lieu: Path) -> None:
        self._lieu = lieu
        self._tables: dict[Hashable, dict[str, bytes]] = {}

    def rendre(self, cle: Hashable, charger: Callable[[], None]) -> None:
        """The world that `charger` makes, really committed: made the first time, put back afterwards."""
        if cle in self._tables:
            self._remettre(cle)
            return
        charger()
        self._tables[cle] = {table: lignes for table in _tables() if (lignes := _lire(table))}
        shutil.copytree(settings.MEDIA_ROOT, self._fichiers(cle))

    def _remettre(self, cle: Hashable) -> None:
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute(SANS_GARDES)
            for table, lignes in self._tables[cle].items():
                with curseur.copy(f'COPY "{table}" FROM STDIN (FORMAT binary)') as copie:
                    copie.write(lignes)
        shutil.copytree(self._fichiers(cle), settings.MEDIA_ROOT, dirs_exist_ok=True)

    def _fichiers(self, cle: Hashable) -> Path:
        return self._lieu / str(abs(hash(cle)))


def _tables() -> list[str]:
    return sorted({*connection.introspection.django_table_names(only_existing=True)} - GARDEES)


def _lire(table: str) -> bytes:
    with connection.cursor() as curseur:
        curseur.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 - a name of the schema
        if not curseur.fetchone()[0]:
            return b""
        with curseur.copy(f'COPY "{table}" TO STDOUT (FORMAT binary)') as copie:
            return b"".join(bytes(bloc) for bloc in copie)
