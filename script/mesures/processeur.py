"""Processor time of the web workers and of the database, read from /proc: who else works does not count."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

TICS = os.sysconf("SC_CLK_TCK")
EXECUTANT = "taches"  # name that the worker gives to its connections, which serve nobody who waits
_SERVIS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
  AND application_name <> %s
"""


@dataclass(frozen=True, slots=True)
class Releve:
    """Seconds spent so far, by process."""

    web: Mapping[int, float]
    base: Mapping[int, float]


def relever(serveur: int) -> Releve:
    """Now: gunicorn `serveur` with its workers, and the backends that serve them.

    The backends of a PostgreSQL that runs elsewhere are not seen: they count for nothing.
    """
    ouvriers = Path(f"/proc/{serveur}/task/{serveur}/children").read_text("ascii").split()
    with connection.cursor() as curseur:
        curseur.execute(_SERVIS, [EXECUTANT])
        servis = [pid for (pid,) in curseur.fetchall()]
    return Releve(_secondes([serveur, *map(int, ouvriers)], "gunicorn"), _secondes(servis, "postgres"))


def depense(avant: Releve, apres: Releve) -> tuple[float, float]:
    """Milliseconds spent between two readings: web, database."""
    web, base = (
        sum(secondes - debut.get(pid, 0) for pid, secondes in fin.items()) * 1000
        for debut, fin in ((avant.web, apres.web), (avant.base, apres.base))
    )
    return web, base


def _secondes(pids: Iterable[int], programme: str) -> dict[int, float]:
    """By process still there and of this programme: a number may belong to another machine's server."""
    secondes = {}
    for pid in pids:
        try:
            commande = Path(f"/proc/{pid}/cmdline").read_bytes()
            champs = Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if programme.encode() in commande:
            secondes[pid] = (int(champs[11]) + int(champs[12])) / TICS
    return secondes
