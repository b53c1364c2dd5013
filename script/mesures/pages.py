"""Public pages, served by gunicorn as script/demo does, to one client then to eight."""

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from financement.actions.simulation import enregistrer
from script.mesures.mesure import Mesure, durees, p95
from script.mesures.moteur import projets

LECTURES = 60
CLIENTS = 8
REQUETES_MAXIMUM = 15


def _adresses() -> dict[str, str]:
    simulation = enregistrer(entree=projets(1)[0], par=None)
    return {
        "accueil": reverse("accueil"),
        "simulateur, résultat de 50 ESSMS": simulation.get_absolute_url(),
        "simulateur, liste de 50 ESSMS": reverse("simulation:essms", args=[simulation.cle]),
        "simulateur, ajout et recherche": reverse("simulation:ajouter", args=[simulation.cle])
        + "?recherche=saint+jean",
    }


def pages() -> Iterator[Mesure]:
    """Queries and weight of each page, then its p95."""
    with _serveur() as port:
        for nom, adresse in _adresses().items():
            with CaptureQueriesContext(connection) as requetes:
                reponse = Client(headers={"host": "127.0.0.1"}).get(adresse)
            if reponse.status_code != 200:
                raise RuntimeError(f"{adresse} : {reponse.status_code}")
            yield Mesure(
                nom + ", requêtes SQL",
                len(requetes),
                "",
                REQUETES_MAXIMUM,
                f"{len(reponse.content) // 1024} Kio",
            )
            _lire(port, adresse)
            seul = durees(lambda _, a=adresse: _lire(port, a), range(LECTURES))
            yield Mesure("  p95, 1 client", p95(seul), "ms", 150, f"{LECTURES} lectures")
            with ThreadPoolExecutor(CLIENTS) as ensemble:
                foule = list(
                    ensemble.map(
                        lambda _, a=adresse: durees(lambda _: _lire(port, a), [0])[0], range(LECTURES * 2)
                    )
                )
            yield Mesure("  p95, 8 clients", p95(foule), "ms", 500, f"{LECTURES * 2} lectures")


def _lire(port: int, adresse: str) -> None:
    lien = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        lien.request("GET", adresse)
        reponse = lien.getresponse()
        reponse.read()
        if reponse.status != 200:
            raise RuntimeError(f"{adresse} : {reponse.status}")
    finally:
        lien.close()


@contextmanager
def _serveur() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as libre:
        port = libre.getsockname()[1]
    commande = [
        "-m",
        "gunicorn",
        "esms.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
    ]
    serveur = subprocess.Popen([sys.executable, *commande, "--no-control-socket", "--log-level", "error"])
    try:
        while serveur.poll() is None:
            try:
                _lire(port, reverse("accueil"))
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        yield port
    finally:
        serveur.terminate()
        serveur.wait()
