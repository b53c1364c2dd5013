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
from script.mesures import volume
from script.mesures.mesure import Mesure, durees, p95

MONTRES = 20
FOIS = 3
MIO = 1024  # KiB, the unit of ru_maxrss, in one MiB
# What thousands of establishments share, in France: the worst that one may type.
COMMUNS = (
    "saint",
    "ehpad",
    "residence",
    "maison",
    "centre",
    "service",
    "pharmacie",
    "res",
    "saint jean toulouse",
)


def importer(fichier: Path) -> Iterator[Mesure]:
    """Import in a process of its own, for its memory; then once more, when nothing has changed."""
    for fois in ("première fois", "seconde fois, rien de neuf"):
        debut = time.perf_counter()
        enfant = subprocess.Popen(
            [sys.executable, "manage.py", "importer_finess", str(fichier)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _, statut, usage = os.wait4(enfant.pid, 0)
            enfant.returncode = os.waitstatus_to_exitcode(statut)
        finally:
            if enfant.returncode is None:
                enfant.kill()
        duree = time.perf_counter() - debut
        if enfant.returncode:
            raise RuntimeError(f"importer_finess {fichier} : code {enfant.returncode}")
        lignes = f"{Etablissement.objects.count()} établissements"
        yield Mesure(f"import FINESS, {fois}", duree, "s", 15, lignes)
        yield Mesure("  processeur de Python", usage.ru_utime + usage.ru_stime, "s")
        yield Mesure("  mémoire de pointe", usage.ru_maxrss / MIO, "Mio", 300)
    volume.ranger()


def rechercher() -> Iterator[Mesure]:
    """What people type: numbers, names, towns, both, the most common words, nothing that exists."""
    exemples = list(Etablissement.objects.order_by("finess_et").select_related("entite")[::9_000][:10])
    textes = [
        *(
            texte
            for e in exemples
            for texte in (
                e.finess_et,
                e.finess_et[:4],
                e.finess_ej,
                e.nom,
                e.commune,
                f"{e.nom[:6]} {e.commune}",
            )
        ),
        *COMMUNS,
        "zzzz introuvable",
    ]
    # The best of three: the machine may be busy, the search is not.
    tours = [durees(_chercher, textes) for _ in range(FOIS)]
    temps = [min(essais) for essais in zip(*tours, strict=True)]
    pire = textes[temps.index(max(temps))]
    yield Mesure("recherche FINESS, p95", p95(temps), "ms", 50, f"{len(textes)} textes")
    yield Mesure("  la plus lente", max(temps), "ms", 50, f"« {pire} »")
    with CaptureQueriesContext(connection) as requetes:
        _chercher("saint jean")
    yield Mesure("  requêtes SQL", len(requetes), "", 15)


def _chercher(texte: str) -> list[Etablissement]:
    return list(rechercher_etablissements(texte)[:MONTRES])
