"""What a request costs the database, whatever the machine: queries, rows received, rows read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from script.mesures.mesure import Mesure

REQUETES_MAXIMUM = 15
# Far above what a page shows, far below what a campagne holds.
RECUES_MAXIMUM = 1_000
KO = 1_000
# Rows taken out of tables, by a sequential scan or through an index; an index read alone is not one.
_LUES = "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_user_tables"


@dataclass(frozen=True, slots=True)
class Cout:
    """Of one request: queries, rows received by the portal, rows read by the server, bytes of the answer."""

    requetes: int
    recues: int
    lues: int
    octets: int


def couter(geste: Callable[[], HttpResponse], attendu: int = 200) -> Cout:
    """Play `geste` in this process, on this connection. Any status but `attendu` is an error."""
    recues = 0

    def compter(executer: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal recues
        resultat = executer(*arguments)
        curseur = arguments[-1]["cursor"]
        recues += max(curseur.rowcount, 0) if curseur.description else 0
        return resultat

    avant = _lues()
    with CaptureQueriesContext(connection) as requetes, connection.execute_wrapper(compter):
        reponse = geste()
    if reponse.status_code != attendu:
        raise RuntimeError(f"réponse {reponse.status_code}")
    return Cout(len(requetes), recues, _lues() - avant, len(reponse.content))


def imprimer(cout: Cout, *, lues_avant: int, essms: int = 0, html: float | None = None) -> Iterator[Mesure]:
    """The figures of a cost; `lues_avant`: rows that the same page read when the base was five times smaller.

    `essms`: how many the page rightly reads beyond the common bound.
    """
    yield Mesure("  requêtes SQL", cout.requetes, "", REQUETES_MAXIMUM)
    yield Mesure("  lignes reçues par le portail", cout.recues, "", RECUES_MAXIMUM + 2 * essms)
    yield Mesure(
        "  lignes lues par la base",
        cout.lues,
        "",
        # The plan may change with the size; the order of magnitude may not.
        2 * lues_avant + REQUETES_MAXIMUM,
        f"{lues_avant} quand la base était plus petite",
    )
    yield Mesure("  poids de la page", cout.octets / KO, "ko", html)


def _lues() -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_stat_force_next_flush()")
        curseur.execute("SELECT pg_stat_clear_snapshot()")
        curseur.execute(_LUES)
        return int(curseur.fetchone()[0])
