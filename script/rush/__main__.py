"""Play the last evening and print what was held; 1 when an acknowledged filing is lost or doubled.

`python -m script.rush LIEU MODE`: LIEU is the directory of the PostgreSQL server, made by script/mesurer.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "esms.settings"
django.setup()

from django.db import connection  # noqa: E402 - Django is set up first

from instruction.models import Dossier  # noqa: E402
from script.mesures import processeur, volume  # noqa: E402
from script.mesures.mesure import ENTETE, HORS_CIBLE, Mesure  # noqa: E402
from script.mesures.serveur import Serveur, client_de, cookie_de, serveur  # noqa: E402
from script.rush import bilan, clients, monde  # noqa: E402
from script.rush.postgres import ServeurPrive  # noqa: E402

CHAUFFE = 40  # filings before anything is timed
COUPURE = 2  # seconds without PostgreSQL


@dataclass(frozen=True, slots=True)
class Mode:
    """Seconds of the rush at full rhythm, then of each of the two with a failure in the middle.

    `fond`: dossiers that the base holds besides. `taches`: the worker runs too, as it does on the evening.
    """

    rush: int
    ouvrier: int
    postgres: int
    fond: int
    taches: bool = False
    cadence_de_panne: int = 20


CADENCE = 50  # filings a second at full rhythm
MODES = {
    "complet": Mode(60, 15, 15, fond=volume.DOSSIERS, taches=True),
    "pannes": Mode(0, 4, 4, fond=10),
    "controle": Mode(0, 0, 4, fond=10),
}


def principal(lieu: str, nom: str) -> int:
    """0 when nothing acknowledged is lost; for `controle`, whose database may lose, when the loss is seen."""
    mode, base = MODES[nom], ServeurPrive(Path(lieu))
    series = [
        (None, CHAUFFE / mode.cadence_de_panne, mode.cadence_de_panne, None),
        (f"Rush de {mode.rush} s à {CADENCE} dépôts par seconde", mode.rush, CADENCE, None),
        ("Un processus du serveur web tué au milieu", mode.ouvrier, mode.cadence_de_panne, tuer_un_ouvrier),
        (
            f"PostgreSQL tué au milieu, relancé {COUPURE} secondes après",
            mode.postgres,
            mode.cadence_de_panne,
            lambda _: couper(base),
        ),
    ]
    nombre = int(sum(duree * cadence for _, duree, cadence, _ in series))
    reste = list(monde.preparer(nombre, fond=mode.fond))
    faites: list[Mesure] = []
    print(ENTETE)
    with serveur() as portail, executant() if mode.taches else nullcontext():
        for titre, duree, cadence, panne in series:
            lot, reste = reste[: int(duree * cadence)], reste[int(duree * cadence) :]
            if lot:
                prises = rush(portail, lot, cadence, panne)
                faites += montrer(titre, prises) if titre else []
    return conclure(faites, controle=nom == "controle")


def rush(
    portail: Serveur, lot: Sequence[Dossier], cadence: float, panne: Callable[[Serveur], None] | None
) -> list[Mesure]:
    """File the whole of `lot`; with `panne`, the failure comes half-way, and times have no aim."""
    # Their session outlives the failure, even on the control's database: only filings are at stake.
    with connection.cursor() as curseur:
        curseur.execute("SET synchronous_commit = on")
    cookie = cookie_de(client_de(volume.porteur()))
    avant, client = processeur.relever(portail.pid), time.process_time()
    with ThreadPoolExecutor(1) as operateur:
        if panne is not None:
            survenue = operateur.submit(_au_milieu, len(lot) / cadence / 2, lambda: panne(portail))
        releve, duree = clients.deposer_au_rythme(portail, lot, cookie, par_seconde=cadence)
        if panne is not None:
            survenue.result()
    client = (time.process_time() - client) * 1000
    connection.close()
    detail = f"{len(releve.accuses)} dépôts, {releve.erreurs} réponses en erreur, reprises"
    rythme = Mesure(
        "dépôts par seconde", len(releve.accuses) / duree, "/s", 0.95 * cadence, detail, au_moins=True
    )
    prises = [rythme, *bilan.mesures(releve, lot)]
    if panne is None:
        depense = processeur.depense(avant, processeur.relever(portail.pid))
        prises.insert(1, bilan.consomme(*depense, client, len(releve.accuses)))
    return [replace(m, cible=None) if panne is not None and m.unite else m for m in prises]


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


def montrer(titre: str, prises: list[Mesure]) -> list[Mesure]:
    """Print one series."""
    print(f"\n{titre}", *prises, sep="\n", flush=True)
    return prises


def conclure(faites: Sequence[Mesure], *, controle: bool) -> int:
    """The exit code: times are measures, what is lost or double is a failure."""
    perte = any(m.nom == bilan.MANQUANTS and m.valeur > 0 for m in faites)
    if controle:
        print("Le contrôle voit la perte." if perte else f"{HORS_CIBLE} Le contrôle ne voit aucune perte.")
        return 0 if perte else 1
    return 1 if any(m.signe == HORS_CIBLE for m in faites if not m.unite) else 0


def tuer_un_ouvrier(portail: Serveur) -> None:
    """SIGKILL to one of the processes that answer; gunicorn makes another."""
    ouvriers = Path(f"/proc/{portail.pid}/task/{portail.pid}/children").read_text("ascii").split()
    os.kill(int(ouvriers[0]), signal.SIGKILL)


def couper(base: ServeurPrive) -> None:
    """The database dies, and comes back."""
    base.tuer()
    time.sleep(COUPURE)
    base.relancer()


def _au_milieu(secondes: float, panne: Callable[[], None]) -> None:
    time.sleep(secondes)
    panne()


if __name__ == "__main__":
    for interruption in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(interruption, lambda numero, _: sys.exit(128 + numero))
    sys.exit(principal(*sys.argv[1:]))
