"""The portal under gunicorn, as docs/exploitant.md says to serve it, and clients that time themselves."""

import http.client
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from esms.comptes.models import Utilisateur
from script.mesures.mesure import durees

JETON = secrets.token_hex(16)  # the CSRF secret: a cookie and a field that agree
DEMARRAGE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Serveur:
    """Where it listens, and its process."""

    port: int
    pid: int

    def lire(self, adresse: str, cookie: str = "") -> int:
        """Read a page to its end; its size in bytes. Anything but 200 stops the part."""
        statut, corps, _ = self.demander("GET", adresse, cookie)
        if statut != 200:
            raise RuntimeError(f"{adresse} : réponse {statut}")
        return len(corps)

    def poster(
        self, adresse: str, champs: Mapping[str, Any], cookie: str, entetes: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Send a form; status and where it leads."""
        corps = urlencode({**champs, "csrfmiddlewaretoken": JETON})
        forme = {"Content-Type": "application/x-www-form-urlencoded", **(entetes or {})}
        statut, _, suite = self.demander("POST", adresse, cookie, corps, forme)
        return statut, suite

    def demander(
        self,
        methode: str,
        adresse: str,
        cookie: str,
        corps: str = "",
        entetes: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes, str]:
        """One request on a connection of its own: status, body, Location."""
        lien = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            lien.request(methode, adresse, corps or None, {"Cookie": cookie, **(entetes or {})})
            reponse = lien.getresponse()
            return reponse.status, reponse.read(), reponse.headers.get("Location", "")
        finally:
            lien.close()


@contextmanager
def serveur() -> Iterator[Serveur]:
    """A portal of its own, stopped at the end."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    commande = ["-m", "gunicorn", "esms.wsgi", "--bind", f"127.0.0.1:{port}", "--preload", "--workers", "4"]
    processus = subprocess.Popen(
        [sys.executable, *commande, "--timeout", "60", "--no-control-socket", "--log-level", "error"]
    )
    try:
        _attendre(processus, port)
        yield Serveur(port, processus.pid)
    finally:
        processus.terminate()
        processus.wait()


def _attendre(processus: subprocess.Popen[bytes], port: int) -> None:
    limite = time.monotonic() + DEMARRAGE
    while processus.poll() is None and time.monotonic() < limite:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("gunicorn ne répond pas")


def client_de(lecteur: Utilisateur | None) -> Client:
    """A client in this process, signed in as `lecteur`, both factors passed."""
    client = Client(headers={"host": "127.0.0.1"})
    if lecteur is not None:
        client.force_login(lecteur)
        demande = HttpRequest()
        demande.session = client.session
        for methode in ("password", "mfa"):
            record_authentication(demande, lecteur, method=methode)
        demande.session.save()
    return client


def cookie_de(client: Client) -> str:
    """What the clients of the server send to be the same person."""
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    jeton = f"{settings.CSRF_COOKIE_NAME}={JETON}"
    return f"{settings.SESSION_COOKIE_NAME}={session.value}; {jeton}" if session else jeton


def temps(geste: Callable[[Any], object], cas: Sequence[Any], *, clients: int) -> list[float]:
    """Milliseconds of each case, `clients` at once."""
    with ThreadPoolExecutor(clients) as equipe:
        return list(equipe.map(lambda un: durees(geste, [un])[0], cas))
