"""The portal under gunicorn, as script/demo serves it, and readers that time themselves."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from script.mesures.mesure import durees


@contextmanager
def serveur() -> Iterator[int]:
    """Port of a portal of its own, stopped at the end."""
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    commande = ["-m", "gunicorn", "esms.wsgi", "--bind", f"127.0.0.1:{port}", "--preload", "--workers", "2"]
    processus = subprocess.Popen(
        [sys.executable, *commande, "--threads", "4", "--no-control-socket", "--log-level", "error"]
    )
    try:
        while processus.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield port
    finally:
        processus.terminate()
        processus.wait()


def lire(port: int, adresse: str, cookie: str = "") -> int:
    """Read a page to its end; its size in bytes. Anything but 200 stops the measures."""
    lien = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        lien.request("GET", adresse, headers={"Cookie": cookie})
        reponse = lien.getresponse()
        taille = len(reponse.read())
        if reponse.status != 200:
            raise RuntimeError(f"{adresse} : {reponse.status}")
        return taille
    finally:
        lien.close()


def temps(port: int, adresse: str, cookie: str, *, clients: int, lectures: int) -> list[float]:
    """Milliseconds of each reading, `clients` at once."""
    with ThreadPoolExecutor(clients) as equipe:
        return list(
            equipe.map(lambda _: durees(lambda a: lire(port, a, cookie), [adresse])[0], range(lectures))
        )
