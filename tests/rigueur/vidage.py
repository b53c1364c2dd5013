"""Tests that really commit end with a TRUNCATE: tables that refuse it yield here, and only here."""

import time
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

# 32 is TRIGGER_TYPE_TRUNCATE in PostgreSQL's catalogue.
GARDES = """
SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger
WHERE NOT tgisinternal AND tgtype & 32 <> 0 ORDER BY 1, 2
"""

# Django does not know the tables of the queue as its own: without this, a job would outlive its test.
FILE = (
    "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
)

# A request that outlives its closed window, a worker that stops: TRUNCATE would cross their locks.
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


def permettre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch off the triggers that refuse TRUNCATE around Django's flush, and only there."""
    vider = DatabaseOperations.execute_sql_flush

    def vider_sans_gardes(operations: DatabaseOperations, ordres: list[str]) -> Any:
        attendre_le_calme()
        with connection.cursor() as curseur:
            curseur.execute(GARDES)
            gardes = curseur.fetchall()
        leves = [f"ALTER TABLE {table} DISABLE TRIGGER {nom}" for table, nom in gardes]
        remis = [f"ALTER TABLE {table} ENABLE TRIGGER {nom}" for table, nom in gardes]
        return vider(operations, [*leves, *ordres, *remis, FILE])

    monkeypatch.setattr(DatabaseOperations, "execute_sql_flush", vider_sans_gardes)
