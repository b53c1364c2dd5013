"""The database of the measures: made anew beside the portal's own, dropped at the end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
import psycopg
from psycopg import sql

NOM = "esms_mesures"


@contextmanager
def base_neuve(url: str) -> Iterator[None]:
    """Make and migrate a database on the server of `url`; DATABASE_URL names it meanwhile."""
    reglages = dj_database_url.parse(url)
    connexion = {
        "host": reglages.get("HOST") or reglages.get("OPTIONS", {}).get("host"),
        "port": reglages.get("PORT") or None,
        "user": reglages.get("USER") or None,
        "password": reglages.get("PASSWORD") or None,
        "dbname": reglages["NAME"],
    }
    with psycopg.connect(**connexion, autocommit=True) as lien:
        efface = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NOM))
        lien.execute(efface)
        lien.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NOM)))
        chemin, interrogation, options = url.partition("?")
        os.environ["DATABASE_URL"] = chemin.rpartition("/")[0] + f"/{NOM}" + interrogation + options
        try:
            for commande in ("migrate", "createcachetable"):
                subprocess.run([sys.executable, "manage.py", commande, "--verbosity", "0"], check=True)
            yield
        finally:
            lien.execute(efface)
