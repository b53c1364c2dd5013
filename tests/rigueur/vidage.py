"""Tests that really commit end with empty tables: rows are deleted, past the triggers, and only here.

Deleting the few rows of a test takes milliseconds. Django's TRUNCATE of sixty tables, then the permissions
and content types that it writes again, took half a second after each test.
"""

import time
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

# Written by the migrations, the same for every test.
GARDEES = frozenset({"auth_permission", "django_content_type", "django_migrations"})
# Django does not know the tables of the queue as its own: without this, a job would outlive its test.
FILE = (
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)
# Neither triggers nor foreign keys, until the end of the transaction, as when a dump is restored.
SANS_GARDES = "SET LOCAL session_replication_role = replica"

# A request that outlives its closed window, a worker that stops: what they write would outlive the flush.
EN_COURS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND backend_type = 'client backend' AND xact_start IS NOT NULL
"""
PATIENCE = 10.0  # seconds; after that, the flush says by itself what it waits for


def attendre_le_calme() -> None:
    """Return when no other connection to this database has a transaction open."""
    limite = time.monotonic() + PATIENCE
    with connection.cursor() as curseur:
        while time.monotonic() < limite:
            curseur.execute(EN_COURS)
            if curseur.fetchone() == (0,):
                return
            time.sleep(0.02)


def congedier() -> None:
    """End every other connection to this database, and wait for their end; no test is left to want them."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
            [int(PATIENCE * 1000)],
        )


def permettre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make Django's flush empty the tables in that way, once nobody else writes."""

    def ordres(operations: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
        attendre_le_calme()
        return vider(*sorted({*tables, *FILE} - GARDEES))

    monkeypatch.setattr(DatabaseOperations, "sql_flush", ordres)
    monkeypatch.setattr(flush, "emit_post_migrate_signal", lambda *args, **options: None)


def vider(*tables: str) -> list[str]:
    """The statements that empty these tables; to be run in one transaction."""
    quote = connection.ops.quote_name
    return [SANS_GARDES, *(f"DELETE FROM {quote(table)}" for table in tables)]  # noqa: S608 - of the schema
