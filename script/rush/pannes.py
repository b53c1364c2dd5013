"""What fails, once enough filings are acknowledged: told by the answers, never by the clock."""

import os
import signal
import time
from pathlib import Path

from script.mesures.serveur import Serveur
from script.rush.clients import Releve
from script.rush.postgres import ServeurPrive

COUPURE = 1  # seconds without PostgreSQL


def tuer_un_ouvrier(portail: Serveur, releve: Releve, moitie: int) -> None:
    """SIGKILL to one of the processes that answer; gunicorn makes another."""
    releve.attendre(moitie)
    ouvriers = Path(f"/proc/{portail.pid}/task/{portail.pid}/children").read_text("ascii").split()
    os.kill(int(ouvriers[0]), signal.SIGKILL)


def couper(base: ServeurPrive, _: Serveur, releve: Releve, moitie: int) -> None:
    """The database dies, and comes back."""
    releve.attendre(moitie)
    base.tuer()
    time.sleep(COUPURE)
    base.relancer()


def couper_sans_ecrire(base: ServeurPrive, portail: Serveur, releve: Releve, moitie: int) -> None:
    """The same, when no filing acknowledged since the first half of the wait has reached the disk.

    Whatever the machine: the only process that would still write them is stopped, and the death waits for
    filings acknowledged since.
    """
    releve.attendre(moitie // 2)
    base.suspendre_l_ecriture()
    couper(base, portail, releve, moitie)
