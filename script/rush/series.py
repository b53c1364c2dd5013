"""One series of filings at a rhythm, with or without a failure half-way, and what each mode plays."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace

from django.db import connection

from instruction.models import Dossier
from script.mesures import processeur, volume
from script.mesures.mesure import Mesure
from script.mesures.serveur import Serveur, client_de, cookie_de
from script.rush import bilan, clients

Panne = Callable[[Serveur, clients.Releve, int], None]


@dataclass(frozen=True, slots=True)
class Serie:
    """`nombre` filings, `cadence` a second; with `panne`, a failure comes once half of them are acknowledged.

    `perd`: the control, on a server set to lose what it has just written.
    """

    titre: str
    nombre: int
    cadence: int
    panne: Panne | None = None
    perd: bool = False


@dataclass(frozen=True, slots=True)
class Mode:
    """Filings of each series; none: it is not played. `panne`: of each of the two failures.

    `fond`: dossiers that the base holds besides. `taches`: the worker runs too, as it does on the evening.
    """

    chauffe: int = 0  # before anything is timed
    rush: int = 0
    panne: int = 0
    controle: int = 0
    fond: int = 10
    taches: bool = False
    cadence: int = 50  # a second, for the rush
    cadence_de_panne: int = 40


MODES = {
    "complet": Mode(
        chauffe=40, rush=3_000, panne=300, fond=volume.DOSSIERS, taches=True, cadence_de_panne=20
    ),
    "pannes": Mode(panne=60),
    "controle": Mode(controle=60),
    "preuve": Mode(panne=60, controle=60),
}


def jouer(portail: Serveur, lot: Sequence[Dossier], serie: Serie) -> list[Mesure]:
    """File the whole of `lot`; with a failure, times have no aim."""
    connection.close()  # the server may have started again since
    # Their session outlives the failure, even in the control: only filings are at stake.
    with connection.cursor() as curseur:
        curseur.execute("SET synchronous_commit = on")
    cookie = cookie_de(client_de(volume.porteur()))
    mesure = processeur.releve(portail.pid) if serie.panne is None else nullcontext()
    releve, client = clients.Releve(), time.process_time()
    with mesure as depense, ThreadPoolExecutor(1) as operateur:
        if serie.panne is not None:
            survenue = operateur.submit(serie.panne, portail, releve, len(lot) // 2)
        duree = clients.deposer_au_rythme(portail, lot, cookie, releve, par_seconde=serie.cadence)
        if serie.panne is not None:
            survenue.result()
    client = (time.process_time() - client) * 1000
    connection.close()
    detail = f"{len(releve.accuses)} dépôts, {releve.erreurs} réponses en erreur, reprises"
    atteinte, visee = len(releve.accuses) / duree, 0.95 * serie.cadence
    rythme = Mesure("dépôts par seconde", atteinte, "/s", visee, detail, au_moins=True)
    prises = [rythme, *bilan.mesures(releve, lot)]
    if depense is not None:
        prises.insert(1, bilan.consomme(*depense.depense, client, len(releve.accuses)))
    return [replace(m, cible=None) if serie.panne is not None and m.unite else m for m in prises]
