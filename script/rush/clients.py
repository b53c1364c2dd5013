"""Porteurs who file: each at its instant, whatever the others wait for; some click twice, all try again."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock

from django.urls import reverse

from instruction.models import Dossier
from script.mesures.depots import CHAMPS
from script.mesures.serveur import Serveur

DOUBLE_CLIC = 10  # one porteur in ten clicks twice
EQUIPE = 96  # porteurs waiting for an answer at the same time, at most
PATIENCE = 60  # seconds during which a porteur tries again
ATTENTE = 0.5  # seconds between two tries


@dataclass(slots=True)
class Releve:
    """What the porteurs were told. Latencies in seconds, from the instant each meant to file."""

    latences: list[float] = field(default_factory=list)
    accuses: dict[str, int] = field(default_factory=dict)
    erreurs: int = 0
    abandons: list[str] = field(default_factory=list)
    verrou: Lock = field(default_factory=Lock)

    def noter(self, dossier: str, latence: float | None) -> None:
        """One answer: a receipt after so many seconds, or none."""
        with self.verrou:
            if latence is None:
                self.abandons.append(dossier)
                return
            self.latences.append(latence)
            self.accuses[dossier] = self.accuses.get(dossier, 0) + 1

    def echouer(self) -> None:
        """A try that brought no receipt; the porteur tries again."""
        with self.verrou:
            self.erreurs += 1


def deposer_au_rythme(
    serveur: Serveur, dossiers: Sequence[Dossier], cookie: str, *, par_seconde: float
) -> tuple[Releve, float]:
    """File each dossier once, `par_seconde` of them each second; what was answered, seconds of the whole.

    The rhythm does not wait for the answers: a slow server is measured as the porteurs feel it.
    """
    releve, depart = Releve(), time.monotonic() + 0.5
    with ThreadPoolExecutor(EQUIPE) as equipe:
        for rang, dossier in enumerate(dossiers):
            quand = depart + rang / par_seconde
            time.sleep(max(0.0, quand - time.monotonic()))
            for _ in range(1 if rang % DOUBLE_CLIC else 2):
                equipe.submit(_deposer, serveur, dossier, cookie, quand, releve)
    return releve, time.monotonic() - depart


def _deposer(serveur: Serveur, dossier: Dossier, cookie: str, quand: float, releve: Releve) -> None:
    """Click until a receipt comes, for a minute."""
    limite = time.monotonic() + PATIENCE
    while time.monotonic() < limite:
        if _recu(serveur, dossier, cookie):
            releve.noter(str(dossier.pk), time.monotonic() - quand)
            return
        releve.echouer()
        time.sleep(ATTENTE)
    releve.noter(str(dossier.pk), None)


def _recu(serveur: Serveur, dossier: Dossier, cookie: str) -> bool:
    """Whether the answer leads to the receipt; a cut connection is no answer."""
    try:
        statut, suite = serveur.poster(reverse("dossiers:deposer", args=[dossier.pk]), CHAMPS, cookie)
    except (OSError, http.client.HTTPException):
        return False
    return statut == 302 and suite == reverse("dossiers:accuse", args=[dossier.pk])
