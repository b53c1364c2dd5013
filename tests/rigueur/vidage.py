"""Tests that really commit end with a TRUNCATE: tables that refuse it yield here, and only here."""

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


def permettre(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch off the triggers that refuse TRUNCATE around Django's flush, and only there."""
    vider = DatabaseOperations.execute_sql_flush

    def vider_sans_gardes(operations: DatabaseOperations, ordres: list[str]) -> Any:
        with connection.cursor() as curseur:
            curseur.execute(GARDES)
            gardes = curseur.fetchall()
        leves = [f"ALTER TABLE {table} DISABLE TRIGGER {nom}" for table, nom in gardes]
        remis = [f"ALTER TABLE {table} ENABLE TRIGGER {nom}" for table, nom in gardes]
        return vider(operations, [*leves, *ordres, *remis, FILE])

    monkeypatch.setattr(DatabaseOperations, "execute_sql_flush", vider_sans_gardes)
