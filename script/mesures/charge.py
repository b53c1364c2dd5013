"""The same gesture by one client, then by eight at once: processor spent, p95."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from script.mesures import processeur
from script.mesures.mesure import Mesure, p95
from script.mesures.serveur import Serveur, temps

CLIENTS = 8
CIBLES_P95 = {1: 150, CLIENTS: 500}


def eprouver(
    serveur: Serveur,
    geste: Callable[[Any], object],
    series: Sequence[Sequence[Any]],
    *,
    cible_processeur: float | None,
) -> Iterator[Mesure]:
    """Play `series`: the first warms every worker, the next ones are timed, one per number of clients."""
    chauffe, *chronometrees = series
    temps(geste, chauffe, clients=CLIENTS)
    for (clients, cible), serie in zip(CIBLES_P95.items(), chronometrees, strict=True):
        with processeur.releve(serveur.pid) as lu:
            lus = temps(geste, serie, clients=clients)
        if clients == 1:
            yield consomme(lu.depense, len(serie), cible_processeur)
        nom = f"  p95 à {clients} client{'s' if clients > 1 else ''}"
        yield Mesure(nom, p95(lus), "ms", cible, f"{len(serie)} fois")


def consomme(depense: tuple[float, float], fois: int, cible: float | None) -> Mesure:
    """Processor per gesture, out of what `fois` of them spent."""
    web, base = (millisecondes / fois for millisecondes in depense)
    return Mesure("  processeur, web + base", web + base, "ms", cible, f"web {web:.1f}, base {base:.1f}")
