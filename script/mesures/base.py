"""The database of the measures: made anew beside the portal's own, dropped at the end, however it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
import psycopg
from psycopg import sql

SUFFIXE = "_mesures"
INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def base_neuve(url: str) -> Iterator[None]:
    """Make a database on the server of `url`, still empty; DATABASE_URL names it meanwhile.

    Leaves by SystemExit, in French, when other measures run on the same portal: they would drop this one.
    """
    reglages = dj_database_url.parse(url)
    nom = reglages["NAME"] + SUFFIXE
    connexion = {
        "host": reglages.get("HOST") or reglages.get("OPTIONS", {}).get("host"),
        "port": reglages.get("PORT") or None,
        "user": reglages.get("USER") or None,
        "password": reglages.get("PASSWORD") or None,
        "dbname": reglages["NAME"],
    }
    with psycopg.connect(**connexion, autocommit=True) as lien:
        if lien.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [nom]).fetchone() != (True,):
            sys.exit("D’autres mesures sont en cours sur cette base : attendez leur fin.")
        efface = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom))
        try:
            lien.execute(efface)
            lien.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(nom)))
            chemin, interrogation, options = url.partition("?")
            os.environ["DATABASE_URL"] = chemin.rpartition("/")[0] + f"/{nom}" + interrogation + options
            yield
        finally:
            # A second Ctrl-C must not save the database.
            for interruption in INTERRUPTIONS:
                signal.signal(interruption, signal.SIG_IGN)
            lien.execute(efface)


def migrer() -> None:
    """Give the database its tables, in processes of their own: Django is set up once they are there."""
    for commande in ("migrate", "createcachetable"):
        subprocess.run([sys.executable, "manage.py", commande, "--verbosity", "0"], check=True)
