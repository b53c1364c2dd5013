"""Pages on a full base: queries, weight, p95 to one client then to eight."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from esms.demo import comptes
from financement.actions.simulation import enregistrer
from instruction.models import Dossier
from script.mesures.mesure import Mesure, p95
from script.mesures.moteur import projets
from script.mesures.serveur import serveur, temps

DOSSIERS = 5_000
LECTURES = 60
CLIENTS = 8
REQUETES_MAXIMUM = 15
KIO = 1024
AGENT = "instructeur.occitanie"


@dataclass(frozen=True, slots=True)
class Page:
    """A page and who reads it: the short name of a demonstration account, or nobody."""

    nom: str
    adresse: str
    lecteur: str = ""


def remplir() -> None:
    """Put thousands of dossiers on top of the register."""
    subprocess.run(
        [sys.executable, "manage.py", "charger_volume", "--dossiers", str(DOSSIERS)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")


def pages() -> Iterator[Mesure]:
    """Every page of the list, one after the other."""
    with serveur() as port:
        for page in _pages():
            yield from _mesurer(port, page)


def _pages() -> list[Page]:
    simulation = enregistrer(entree=projets(1)[0], par=None)
    dossier = Dossier.objects.order_by("pk")[0]
    ajout = reverse("simulation:ajouter", args=[simulation.cle])
    return [
        Page("accueil", reverse("accueil")),
        Page("simulation de 50 ESSMS, résultat", simulation.get_absolute_url()),
        Page("simulation de 50 ESSMS, liste", reverse("simulation:essms", args=[simulation.cle])),
        Page("simulation de 50 ESSMS, ajout", ajout),
        Page("agent : liste des dossiers", reverse("dossiers:liste"), AGENT),
        Page("agent : fiche d'un dossier", reverse("dossiers:dossier", args=[dossier.pk]), AGENT),
        Page("agent : liste des conventions", reverse("conventions:liste"), AGENT),
    ]


def _mesurer(port: int, page: Page) -> Iterator[Mesure]:
    client = Client(headers={"host": "127.0.0.1"})
    cookie = ""
    if page.lecteur:
        client.force_login(comptes.utilisateur(page.lecteur))
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    client.get(page.adresse)
    with CaptureQueriesContext(connection) as requetes:
        taille = len(client.get(page.adresse).content)
    yield Mesure(f"{page.nom} : requêtes SQL", len(requetes), "", REQUETES_MAXIMUM, f"{taille // KIO} Kio")
    # Every worker has read it once before the clock starts.
    temps(port, page.adresse, cookie, clients=CLIENTS, lectures=CLIENTS)
    for clients, cible in ((1, 150), (CLIENTS, 500)):
        lus = temps(port, page.adresse, cookie, clients=clients, lectures=LECTURES)
        yield Mesure(
            f"  p95 à {clients} client{'s'[: clients - 1]}", p95(lus), "ms", cible, f"{LECTURES} lectures"
        )
