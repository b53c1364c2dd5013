"""Playing the tasks that a gesture deposited: here and now in the test's transaction, or by a real worker."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def en_attente(tache: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Name and arguments of each job to do, the oldest first; of one task if it is named."""
    taches = ProcrastinateJob.objects.filter(status="todo").order_by("pk")
    if tache:
        taches = taches.filter(task_name=tache)
    return list(taches.values_list("task_name", "args"))


def jouer(tache: str = "") -> None:
    """Call what waits, once each, in this transaction: for tests that do not commit. The jobs stay there."""
    for nom, arguments in en_attente(tache):
        app.tasks[nom].func(**arguments)


def executer(*files: str, concurrence: int = 1) -> None:
    """Let a real worker empty the queue (all of them by default): for tests that commit.

    In a thread of its own: Playwright may hold an event loop in this one.
    """
    # Its threads end with it: a connection they would keep for the next task would hold the test database.
    reglages = connections["default"].settings_dict
    gardee, reglages["CONN_MAX_AGE"] = reglages["CONN_MAX_AGE"], 0
    try:
        with ThreadPoolExecutor(1) as equipe:
            equipe.submit(asyncio.run, _executer(list(files) or None, concurrence)).result()
    finally:
        reglages["CONN_MAX_AGE"] = gardee


async def _executer(files: list[str] | None, concurrence: int) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as ouvriere:
        async with ouvriere.open_async():
            await ouvriere.run_worker_async(
                queues=files,
                wait=False,
                concurrency=concurrence,
                install_signal_handlers=False,
                listen_notify=False,
                delete_jobs="never",
            )
