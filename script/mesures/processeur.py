"""Processor time of the web workers and of the database, read from /proc: who else works does not count."""

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

TICS = os.sysconf("SC_CLK_TCK")
EXECUTANT = "taches"  # name that the worker gives to its connections, which serve nobody who waits
PERIODE = 0.25  # seconds between two readings: what is lost at most of a process that ends
_SERVIS = """
SELECT pid, pid = pg_backend_pid() FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> %s
"""

Processus = tuple[int, int]  # its number, and when it started: a number serves again


@dataclass(slots=True)
class Compte:
    """Seconds of processor of the processes of one kind, as first and last seen.

    One that appears on the way starts at nothing; one that ends keeps what it had spent: the portal renews
    its connections every minute, and PostgreSQL makes a process for each.
    """

    programme: str
    debut: dict[Processus, float] = field(default_factory=dict)
    fin: dict[Processus, float] = field(default_factory=dict)

    def noter(self, pids: Iterable[int], *, premiere: bool = False) -> None:
        """Read those still there and of this program: a number may belong to another machine's server."""
        for pid in pids:
            try:
                commande = Path(f"/proc/{pid}/cmdline").read_bytes()
                champs = Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if self.programme.encode() not in commande:
                continue
            qui, secondes = (pid, int(champs[19])), (int(champs[11]) + int(champs[12])) / TICS
            self.fin[qui] = secondes
            if premiere:
                self.debut[qui] = secondes

    @property
    def millisecondes(self) -> float:
        """Spent between the first reading and the last one."""
        return sum(secondes - self.debut.get(qui, 0) for qui, secondes in self.fin.items()) * 1000


@dataclass(slots=True)
class Releve:
    """What gunicorn `serveur`, its workers and the backends that serve them spend.

    The backends of a PostgreSQL that runs elsewhere are not seen, nor those that serve the readings: they
    count for nothing.
    """

    serveur: int
    miens: set[int] = field(default_factory=set)
    web: Compte = field(default_factory=lambda: Compte("gunicorn"))
    base: Compte = field(default_factory=lambda: Compte("postgres"))

    def lire(self, *, premiere: bool = False) -> None:
        """Now."""
        enfants = Path(f"/proc/{self.serveur}/task/{self.serveur}/children").read_text("ascii").split()
        self.web.noter([self.serveur, *map(int, enfants)], premiere=premiere)
        with connection.cursor() as curseur:
            curseur.execute(_SERVIS, [EXECUTANT])
            servis = dict(curseur.fetchall())
        self.miens |= {pid for pid, mien in servis.items() if mien}
        self.base.noter(servis.keys() - self.miens, premiere=premiere)

    @property
    def depense(self) -> tuple[float, float]:
        """Milliseconds spent: web, database."""
        return self.web.millisecondes, self.base.millisecondes


@contextmanager
def releve(serveur: int) -> Iterator[Releve]:
    """Read at the start, at the end, and on the way, on a connection of its own."""
    lu, fini = Releve(serveur), threading.Event()
    lu.lire(premiere=True)

    def suivre() -> None:
        try:
            while not fini.wait(PERIODE):
                lu.lire()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as suiveur:
        suivi = suiveur.submit(suivre)
        try:
            yield lu
        finally:
            fini.set()
        suivi.result()
    lu.lire()
