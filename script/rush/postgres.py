"""The PostgreSQL server of the rush, which may be killed: script/mesurer makes it and throws it away."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OUTILS = Path(__file__).resolve().parents[1] / "postgres.sh"
FIN = 20  # seconds for killed processes to be gone
MARQUES = ("donnees/postmaster.pid", "socket/.s.PGSQL.5432.lock")
ECRIVAIN = b"postgres: walwriter"
# An acknowledged filing may stay in memory, and nobody but the WAL writer takes it to the disk: neither the
# transaction, nor a buffer that is full or given to another page, nor a checkpoint.
POUR_PERDRE = """
synchronous_commit = off
wal_writer_delay = 10s
wal_writer_flush_after = 1GB
wal_buffers = 64MB
bgwriter_lru_maxpages = 0
checkpoint_timeout = 1h
autovacuum = off
"""


@dataclass(frozen=True, slots=True)
class ServeurPrive:
    """Where it lives, as script/postgres.sh lays it out."""

    lieu: Path

    def tuer(self) -> None:
        """SIGKILL to every process at once: none of them writes anything on the way.

        Its marks go with it: while nobody has read the end of its processes, it would pass for running.
        """
        tous = list(self._processus())
        for pid in tous:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        limite = time.monotonic() + FIN
        while any(_vit(pid) for pid in tous):
            if time.monotonic() > limite:
                raise RuntimeError("PostgreSQL ne meurt pas.")
            time.sleep(0.05)
        for marque in MARQUES:
            (self.lieu / marque).unlink(missing_ok=True)

    def relancer(self) -> None:
        """Start again: it recovers what its log of writes holds. Raises CalledProcessError."""
        self._jouer('demarrer_serveur "$1"')

    def regler_pour_perdre(self) -> None:
        """Set it to lose what it acknowledges, and restart it: what was there before is on the disk."""
        ajouter = 'comme_serveur tee -a "$1/donnees/postgresql.conf" >/dev/null'
        self._jouer(f'arreter_serveur "$1"; {ajouter}; demarrer_serveur "$1"', POUR_PERDRE)

    def suspendre_l_ecriture(self) -> None:
        """Stop the WAL writer where it stands, until it is killed. Raises StopIteration without one."""
        os.kill(next(pid for pid in self._processus() if _commande(pid).startswith(ECRIVAIN)), signal.SIGSTOP)

    def _processus(self) -> Iterator[int]:
        chef = int((self.lieu / "donnees" / "postmaster.pid").read_text("utf8").split()[0])
        yield chef
        yield from map(int, Path(f"/proc/{chef}/task/{chef}/children").read_text("ascii").split())

    def _jouer(self, commande: str, entree: str = "") -> None:
        """A command of script/postgres.sh, `$1` being where the server lives."""
        complete = f'. "{OUTILS}"; {commande}'
        subprocess.run(
            ["bash", "-euc", complete, "rush", str(self.lieu)], input=entree, text=True, check=True
        )


def _commande(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _vit(pid: int) -> bool:
    """Still there, and not only waiting for its parent to read its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
