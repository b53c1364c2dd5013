"""The PostgreSQL server of the rush, which may be killed: script/mesurer makes it and throws it away."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OUTILS = Path(__file__).resolve().parents[1] / "postgres.sh"
FIN = 20  # seconds for killed processes to be gone


@dataclass(frozen=True, slots=True)
class ServeurPrive:
    """Where it lives, as script/postgres.sh lays it out."""

    lieu: Path

    def tuer(self) -> None:
        """SIGKILL to every process at once: none of them writes anything on the way."""
        chef = int((self.lieu / "donnees" / "postmaster.pid").read_text("utf8").split()[0])
        tous = [chef, *map(int, Path(f"/proc/{chef}/task/{chef}/children").read_text("ascii").split())]
        for pid in tous:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        limite = time.monotonic() + FIN
        while any(_vit(pid) for pid in tous):
            if time.monotonic() > limite:
                raise RuntimeError("PostgreSQL ne meurt pas.")
            time.sleep(0.05)

    def relancer(self) -> None:
        """Start again: it recovers what its log of writes holds. Raises CalledProcessError."""
        commande = f'. "{OUTILS}"; demarrer_serveur "{self.lieu}"'
        subprocess.run(["bash", "-euc", commande], check=True)


def _vit(pid: int) -> bool:
    """Still there, and not only waiting for its parent to read its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
