"""Races: the same gesture, let go by many at once, each on a connection of its own."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

from django.db import connection

LONGTEMPS = 60.0  # seconds; a race that has not met by then fails, rather than hang


def ensemble(
    coureurs: int, courir: Callable[[int], Any], preparer: Callable[[], None] | None = None
) -> list[Any]:
    """What each runner (0, 1, …) returned, or the exception it raised.

    Connections are open and `preparer` has run in each thread before the start is given.
    """
    depart = Barrier(coureurs)

    def partir(rang: int) -> Any:
        try:
            connection.ensure_connection()
            if preparer is not None:
                preparer()
            depart.wait(timeout=60)
            return courir(rang)
        except Exception as erreur:  # noqa: BLE001 - it is the result
            return erreur
        finally:
            connection.close()

    with ThreadPoolExecutor(coureurs) as equipe:
        return list(equipe.map(partir, range(coureurs)))


def croiser(
    premier: Callable[[], Any],
    second: Callable[[], Any],
    *,
    avant: str,
    preparer: Callable[[], None] | None = None,
) -> list[Any]:
    """What both gave, `premier` being held just before its SQL that starts with `avant` while `second` goes.

    `premier` goes on once `second` has ended, or waits for a lock that `premier` holds: the crossing is
    certain, however slow the machine.
    """
    arrive, joue, suivant = Event(), Event(), [0]

    def retenir(executer: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(avant) and not arrive.is_set():
            arrive.set()
            while not joue.wait(0.01) and not _attend_celle_ci(suivant[0]):
                pass
        return executer(sql, params, many, context)

    def courir(rang: int) -> Any:
        if rang == 0:
            connection.execute_wrappers.append(retenir)
            return premier()
        suivant[0] = connection.connection.info.backend_pid
        assert arrive.wait(LONGTEMPS), f"« {avant} » n’a pas été exécuté"
        try:
            return second()
        finally:
            joue.set()

    return ensemble(2, courir, preparer)


def _attend_celle_ci(processus: int) -> bool:
    """Does that server process wait for a lock of this connection? No snapshot hides the locks."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))", [processus])
        return bool(curseur.fetchone()[0])


def se_retrouver(
    coureurs: int, *, avant: str, avec: str = "", preparer: Callable[[], None] | None = None
) -> Callable[[], None]:
    """A `preparer` for negative controls: just before its SQL that starts with `avant`, each waits for all.

    With `avec`, before the first of them that has this in its parameters.

    Whatever they read before is the same for all of them, by construction and not by luck.
    """
    ensemble_ici = Barrier(coureurs)

    def poser() -> None:
        passe = Event()

        def attendre(executer: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith(avant) and avec in str(params) and not passe.is_set():
                passe.set()
                ensemble_ici.wait(LONGTEMPS)
            return executer(sql, params, many, context)

        if preparer is not None:
            preparer()
        connection.execute_wrappers.append(attendre)

    return poser


def sans(motif: str, remplacement: str) -> Callable[[], None]:
    """A `preparer` for negative controls: in the SQL of a runner, `motif` becomes `remplacement`."""
    return _autrement(lambda sql: sql.replace(motif, remplacement))


def _autrement(reecrire: Callable[[str], str]) -> Callable[[], None]:
    def executer_autrement(executer: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return executer(reecrire(sql), params, many, context)

    def poser() -> None:
        connection.execute_wrappers.append(executer_autrement)

    return poser


# The whole clause goes: half of it would be refused for its syntax, and the control would see no race.
sans_verrou = _autrement(lambda sql: re.sub(r' FOR UPDATE(?: OF "\w+"(?:, "\w+")*)?', "", sql))

# Where a filing holds its number and has not sealed yet.
SCELLEMENT = 'INSERT INTO "instruction_depot"'

# The counter of filings read beside its row, not under its lock: who has waited writes what it had read.
compteur_lu_a_cote = sans(
    "dernier_numero + 1 WHERE",
    "(SELECT lue.dernier_numero FROM grappes_campagne lue WHERE lue.id = grappes_campagne.id) + 1 WHERE",
)
