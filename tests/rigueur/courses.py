"""Races: the same gesture, let go by many at once, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


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


def sans(motif: str, remplacement: str) -> Callable[[], None]:
    """A `preparer` for negative controls: in the SQL of a runner, `motif` becomes `remplacement`."""

    def executer_autrement(executer: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return executer(sql.replace(motif, remplacement), params, many, context)

    def poser() -> None:
        connection.execute_wrappers.append(executer_autrement)

    return poser
