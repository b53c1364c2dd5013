"""Play the last evening and print what was held; 1 when an acknowledged filing is lost or doubled.

`python -m script.rush LIEU MODE`: LIEU is the directory of the PostgreSQL server, made by script/mesurer.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "esms.settings"
django.setup()

from script.mesures import processeur  # noqa: E402 - Django is set up first
from script.mesures.mesure import ENTETE, HORS_CIBLE, Mesure  # noqa: E402
from script.mesures.serveur import serveur  # noqa: E402
from script.rush import bilan, monde, pannes  # noqa: E402
from script.rush.postgres import ServeurPrive  # noqa: E402
from script.rush.series import MODES, Mode, Serie, jouer  # noqa: E402


def principal(lieu: str, nom: str) -> int:
    """0 when nothing acknowledged is lost, and, where the control is played, when it sees its loss."""
    mode, base = MODES[nom], ServeurPrive(Path(lieu))
    series = [serie for serie in deroule(mode, base) if serie.nombre]
    reste = list(monde.preparer(sum(serie.nombre for serie in series), fond=mode.fond))
    tenues: list[Mesure] = []
    perdues: list[Mesure] = []
    print(ENTETE)
    with serveur() as portail, executant() if mode.taches else nullcontext():
        for serie in series:
            lot, reste = reste[: serie.nombre], reste[serie.nombre :]
            if serie.perd:
                base.regler_pour_perdre()
            (perdues if serie.perd else tenues).extend(montrer(serie, jouer(portail, lot, serie)))
    return conclure(tenues, perdues if mode.controle else None)


def deroule(mode: Mode, base: ServeurPrive) -> list[Serie]:
    """What is played, in order: the control comes last, on a server that may lose from then on."""
    lent = mode.cadence_de_panne
    return [
        Serie("", mode.chauffe, lent),
        Serie(
            f"Rush de {mode.rush / mode.cadence:.0f} s à {mode.cadence} dépôts par seconde",
            mode.rush,
            mode.cadence,
        ),
        Serie("Un processus du serveur web tué au milieu", mode.panne, lent, pannes.tuer_un_ouvrier),
        Serie(
            f"PostgreSQL tué au milieu, relancé {pannes.COUPURE} s après",
            mode.panne,
            lent,
            partial(pannes.couper, base),
        ),
        Serie(
            "Contrôle : PostgreSQL réglé pour perdre, tué au milieu",
            mode.controle,
            lent,
            partial(pannes.couper_sans_ecrire, base),
            perd=True,
        ),
    ]


@contextmanager
def executant() -> Iterator[None]:
    """The worker of the tasks, at the priority that docs/exploitant.md gives it; killed, it loses nothing."""
    processus = subprocess.Popen(
        ["nice", "-n", "19", sys.executable, "manage.py", "procrastinate", "worker"],
        env={**os.environ, "PGAPPNAME": processeur.EXECUTANT},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        processus.kill()
        processus.wait()


def montrer(serie: Serie, prises: list[Mesure]) -> list[Mesure]:
    """Print one series; one without a title is not told, and counts for nothing."""
    if not serie.titre:
        return []
    print(f"\n{serie.titre}", *prises, sep="\n", flush=True)
    return prises


def conclure(tenues: Sequence[Mesure], perdues: Sequence[Mesure] | None) -> int:
    """The exit code: times are measures, what is lost or double is a failure; not to see a loss, too."""
    code = 1 if any(m.signe == HORS_CIBLE for m in tenues if not m.unite) else 0
    if perdues is None:
        return code
    if any(m.nom == bilan.MANQUANTS and m.valeur > 0 for m in perdues):
        print("Le contrôle voit la perte.")
        return code
    print(f"{HORS_CIBLE} Le contrôle ne voit aucune perte.")
    return 1


if __name__ == "__main__":
    for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(interruption, lambda numero, _: sys.exit(128 + numero))
    sys.exit(principal(*sys.argv[1:]))
