"""A part that fails says so; the others go on; an interruption leaves nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from script.mesures.__main__ import Releve
from script.mesures.base import SUFFIXE
from script.mesures.mesure import Mesure

RACINE = Path(__file__).resolve().parents[3]
ATTENTE = 60
# The database is made, then nothing happens until the signal.
LONGUE = """
import signal, sys, time
from script.mesures.base import INTERRUPTIONS, base_neuve
for interruption in INTERRUPTIONS:
    signal.signal(interruption, lambda numero, _: sys.exit(128 + numero))
with base_neuve(sys.argv[1]):
    print("prête", flush=True)
    time.sleep(600)
"""


def _echoue() -> Iterator[Mesure]:
    yield Mesure("import", 12, "s", 15)
    raise RuntimeError("code 3")


def test_partie_qui_echoue_se_dit_et_laisse_les_autres(capsys: pytest.CaptureFixture[str]) -> None:
    releve = Releve()
    releve.prendre("Référentiel", _echoue)
    releve.prendre("Recherche", lambda: [Mesure("recherche", 60, "ms", 50)])
    releve.conclure(3.4)
    lignes = capsys.readouterr().out.splitlines()
    assert "✗ non mesuré — RuntimeError : code 3" in lignes
    assert releve.echecs == ["Référentiel"]
    bilan = next(ligne for ligne in lignes if ligne.startswith("2 chiffres"))
    assert bilan.startswith(
        "2 chiffres en 3 s : 1 cibles tenues (✓), 1 dépassées (✗), 0 sans cible (·). Charge de la machine"
    )
    assert lignes[-1] == "✗ partie non mesurée : Référentiel"


@pytest.fixture
def connexion() -> dict[str, object]:
    """How to reach the server of the tests, on its maintenance database."""
    reglages = connection.get_connection_params()
    voulus = ("host", "port", "user", "password")
    return {cle: reglages[cle] for cle in voulus if reglages.get(cle)} | {"dbname": "postgres"}


def _existe(connexion: dict[str, object], nom: str) -> bool:
    with psycopg.connect(**connexion) as lien:  # type: ignore[arg-type]
        return lien.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nom]).fetchone() is not None


@pytest.mark.django_db
def test_base_interrompue_ne_laisse_rien(connexion: dict[str, object]) -> None:
    nom = connection.settings_dict["NAME"]
    url = f"postgresql://{connexion.get('user', '')}@/{nom}?host={connexion.get('host', '')}"
    mesures = subprocess.Popen(
        [sys.executable, "-c", LONGUE, url],
        cwd=RACINE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "esms.settings", "ESMS_SECRET_KEY": "x" * 50},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert mesures.stdout is not None
    with mesures:
        assert mesures.stdout.readline() == "prête\n"
        assert _existe(connexion, nom + SUFFIXE)
        mesures.send_signal(signal.SIGTERM)
        assert mesures.wait(ATTENTE) == 128 + signal.SIGTERM
    assert not _existe(connexion, nom + SUFFIXE)
