"""Porteurs who file: each at its instant, whatever the others wait for; some click twice, all try again.

One thread and one loop for all of them, requests made beforehand: what the clients spend is taken from the
machine that they measure.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from instruction.models import Dossier
from script.mesures.depots import CHAMPS
from script.mesures.serveur import JETON, Serveur

DOUBLE_CLIC = 10  # one porteur in ten clicks twice
PATIENCE = 60  # seconds during which a porteur tries again
ATTENTE = 0.5  # seconds between two tries


@dataclass(slots=True)
class Releve:
    """What the porteurs are told, as it comes. Latencies in seconds, from the instant each meant to file."""

    latences: list[float] = field(default_factory=list)
    accuses: dict[str, int] = field(default_factory=dict)
    erreurs: int = 0
    abandons: list[str] = field(default_factory=list)

    def attendre(self, nombre: int) -> None:
        """Until that many filings are acknowledged, from another thread. Raises TimeoutError."""
        limite = time.monotonic() + PATIENCE
        while len(self.accuses) < nombre:
            if time.monotonic() > limite:
                raise TimeoutError(f"{len(self.accuses)} accusés sur {nombre} en {PATIENCE} s.")
            time.sleep(0.005)


@dataclass(frozen=True, slots=True)
class Envoi:
    """One click: what is sent, what the head of a receipt holds, when it is meant to leave."""

    dossier: str
    requete: bytes
    accuse: bytes
    quand: float


def deposer_au_rythme(
    serveur: Serveur, dossiers: Sequence[Dossier], cookie: str, releve: Releve, *, par_seconde: float
) -> float:
    """File each dossier once, `par_seconde` of them each second; what is answered goes to `releve`.

    Seconds of the whole. The rhythm does not wait for the answers: a slow server is measured as the porteurs
    feel it.
    """
    depart = time.monotonic() + 0.5
    envois = [
        envoi
        for rang, dossier in enumerate(dossiers)
        for envoi in [_envoi(dossier, cookie, depart + rang / par_seconde)] * (1 if rang % DOUBLE_CLIC else 2)
    ]
    asyncio.run(_tous(serveur.port, envois, releve))
    return time.monotonic() - depart


def _envoi(dossier: Dossier, cookie: str, quand: float) -> Envoi:
    corps = urlencode({**CHAMPS, "csrfmiddlewaretoken": JETON})
    entetes = (
        f"POST {reverse('dossiers:deposer', args=[dossier.pk])} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(corps)}",
        "Connection: close",
    )
    requete = "\r\n".join((*entetes, "", corps)).encode("ascii")
    accuse = f"\r\nLocation: {reverse('dossiers:accuse', args=[dossier.pk])}\r\n".encode("ascii")
    return Envoi(str(dossier.pk), requete, accuse, quand)


async def _tous(port: int, envois: Sequence[Envoi], releve: Releve) -> None:
    async with asyncio.TaskGroup() as porteurs:
        for envoi in envois:
            await asyncio.sleep(envoi.quand - time.monotonic())
            porteurs.create_task(_deposer(port, envoi, releve))


async def _deposer(port: int, envoi: Envoi, releve: Releve) -> None:
    """Click until a receipt comes, for a minute."""
    limite = time.monotonic() + PATIENCE
    while time.monotonic() < limite:
        if await _recu(port, envoi):
            releve.latences.append(time.monotonic() - envoi.quand)
            releve.accuses[envoi.dossier] = releve.accuses.get(envoi.dossier, 0) + 1
            return
        releve.erreurs += 1
        await asyncio.sleep(ATTENTE)
    releve.abandons.append(envoi.dossier)


async def _recu(port: int, envoi: Envoi) -> bool:
    """Whether the answer leads to the receipt; a cut connection, or none in a minute, is no answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            lecture, ecriture = await asyncio.open_connection("127.0.0.1", port)
            try:
                ecriture.write(envoi.requete)
                reponse = await lecture.read()
            finally:
                ecriture.close()
    except (OSError, TimeoutError):
        return False
    return reponse.startswith(b"HTTP/1.1 302") and envoi.accuse in reponse
