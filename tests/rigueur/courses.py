"""Races: the same gesture, let go by many at once, each on a connection of its own."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

from django.db import connection

PATIENCE, LONGTEMPS = 0.2, 30.0  # seconds


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
    patience: float = PATIENCE,
) -> list[Any]:
    """What both gave, `premier` being held just before its SQL that starts with `avant` while `second` goes.

    If `second` waits for a lock of `premier`, this one goes on after `patience` seconds. Give a long one with
    the lock removed: nothing waits then, and the crossing is certain.
    """
    arrive, joue = Event(), Event()

    def retenir(executer: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(avant) and not arrive.is_set():
            arrive.set()
            joue.wait(patience)
        return executer(sql, params, many, context)

    def courir(rang: int) -> Any:
        if rang == 0:
            connection.execute_wrappers.append(retenir)
            return premier()
        assert arrive.wait(LONGTEMPS), f"« {avant} » n’a pas été exécuté"
        try:
            return second()
        finally:
            joue.set()

    return ensemble(2, courir, preparer)


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
