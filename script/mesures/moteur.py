"""The engine, alone and by batch."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from esms.aap import edition
from financement.simulation import evaluer, simuler
from grappes.models import Etablissement
from grappes.requetes import ReferentielFiness
from script.mesures.mesure import Mesure, durees

ESSMS_PAR_PROJET = 50
PROJETS = 1_000
AAP = "occitanie-2025"


def projets(nombre: int, essms: int = ESSMS_PAR_PROJET) -> list[dict[str, Any]]:
    """Projects of `essms` establishments of the register, one in three for compliance, each another slice."""
    numeros = list(Etablissement.objects.order_by("finess_et").values_list("finess_et", flat=True))
    pas = max(1, (len(numeros) - essms) // nombre)
    return [
        {
            "aap": AAP,
            "essms": [
                {"finess_et": numero, "operation": "mise_en_conformite" if rang % 3 == 2 else "acquisition"}
                for rang, numero in enumerate(numeros[debut : debut + essms])
            ],
        }
        for debut in range(0, nombre * pas, pas)
    ]


def calculer() -> Iterator[Mesure]:
    """Rules and amounts of one project, without reading anything; then the whole of a simulation."""
    referentiel = ReferentielFiness()
    entrees = projets(100)
    complets = [simuler(entree, referentiel).projet for entree in entrees]
    regles = edition(AAP)
    temps = durees(lambda projet: evaluer(projet, regles), complets)
    yield Mesure("moteur pur, 50 ESSMS (médiane)", statistics.median(temps), "ms", 2, f"{len(temps)} projets")
    temps = durees(lambda entree: simuler(entree, referentiel).en_json(), entrees)
    yield Mesure(
        "simulation entière, 50 ESSMS (médiane)",
        statistics.median(temps),
        "ms",
        None,
        "lecture, référentiel, JSON",
    )


def lot() -> Iterator[Mesure]:
    """`simuler` as a user runs it: one project, then a batch of a thousand."""
    un = json.dumps(projets(1)[0])
    duree, depense, _ = _simuler("-", entree=un)
    yield Mesure("simuler, un projet, démarrage compris", duree, "s")
    yield Mesure("  processeur de Python", depense, "s")
    duree, depense, lignes = _simuler(
        "--lot", "-", entree="\n".join(json.dumps(projet) for projet in projets(PROJETS))
    )
    erreurs = sum(ligne.startswith('{"erreur"') for ligne in lignes)
    yield Mesure(f"simuler --lot, {len(lignes)} × 50 ESSMS", duree, "s", 10, f"{erreurs} erreurs")
    yield Mesure("  processeur de Python", depense, "s")


def _simuler(*arguments: str, entree: str) -> tuple[float, float, list[str]]:
    """Seconds, seconds of processor (its own processes included), lines answered."""
    debut, avant = time.perf_counter(), _processeur()
    fini = subprocess.run(
        [sys.executable, "manage.py", "simuler", *arguments],
        input=entree,
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - debut, _processeur() - avant, fini.stdout.splitlines()


def _processeur() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
