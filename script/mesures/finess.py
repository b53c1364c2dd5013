"""National import and search."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from grappes.models import Etablissement
from grappes.requetes import rechercher_etablissements
from script.mesures.mesure import Mesure, durees, p95

MONTRES = 20
MIO = 1024  # KiB, the unit of ru_maxrss, in one MiB


def importer(fichier: Path) -> Iterator[Mesure]:
    """Import in a process of its own, for its memory; then once more, when nothing has changed."""
    for fois in ("première fois", "seconde fois, rien de neuf"):
        debut = time.perf_counter()
        enfant = subprocess.Popen(
            [sys.executable, "manage.py", "importer_finess", str(fichier)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, statut, usage = os.wait4(enfant.pid, 0)
        enfant.returncode = os.waitstatus_to_exitcode(statut)
        duree = time.perf_counter() - debut
        if enfant.returncode:
            raise RuntimeError(f"importer_finess {fichier} : code {enfant.returncode}")
        lignes = f"{Etablissement.objects.count()} établissements"
        yield Mesure(f"import FINESS, {fois}", duree, "s", 15, lignes)
        yield Mesure("  mémoire de pointe de l'import", usage.ru_maxrss / MIO, "Mio", 300)
    # What autovacuum does within the minute on a server that lives on.
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")


def rechercher() -> Iterator[Mesure]:
    """What people type: numbers, names, towns, both, three letters, nothing that exists."""
    exemples = list(Etablissement.objects.order_by("finess_et").select_related("entite")[::9_000][:10])
    textes = [
        texte
        for e in exemples
        for texte in (
            e.finess_et,
            e.finess_et[:4],
            e.finess_ej,
            e.nom,
            e.commune,
            f"{e.nom[:6]} {e.commune}",
            e.nom[:3],
        )
    ] + ["residence", "saint jean toulouse", "31", "zzzz introuvable"]
    temps = durees(lambda texte: list(rechercher_etablissements(texte)[:MONTRES]), textes)
    pire = textes[temps.index(max(temps))]
    yield Mesure(
        "recherche FINESS, p95",
        p95(temps),
        "ms",
        50,
        f"{len(textes)} textes ; pire {max(temps):.0f} ms : « {pire} »",
    )
    with CaptureQueriesContext(connection) as requetes:
        list(rechercher_etablissements("saint jean")[:MONTRES])
    yield Mesure("  requêtes SQL d'une recherche", len(requetes), "", 15)
