"""Processor of the processes that serve: one that ends on the way keeps what it had spent."""

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from script.mesures import processeur

LIMITE = 60  # seconds
# Spends twenty hundredths of a second, says so, then waits to be ended.
DEPENSIER = "import time\nwhile time.process_time() < 0.2: pass\nprint('fait', flush=True)\ninput()"


def test_processus_fini_garde_ce_qu_il_a_depense() -> None:
    compte = processeur.Compte("python")
    compte.noter([os.getpid()], premiere=True)
    with subprocess.Popen(
        [sys.executable, "-c", DEPENSIER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as enfant:
        assert enfant.stdout is not None
        assert enfant.stdout.readline() == "fait\n"
        compte.noter([enfant.pid])
    vu = compte.millisecondes
    compte.noter([enfant.pid])
    assert compte.millisecondes == vu >= 190


def test_processus_deja_la_ne_compte_que_ce_qu_il_depense_ensuite() -> None:
    while time.process_time() < 0.2:
        pass
    compte = processeur.Compte("python")
    compte.noter([os.getpid()], premiere=True)
    assert compte.millisecondes == 0


def test_processus_d_un_autre_programme_ne_compte_pas() -> None:
    compte = processeur.Compte("postgres")
    compte.noter([os.getpid()])
    assert compte.fin == {}


@pytest.mark.django_db(transaction=True)
def test_connexion_renouvelee_pendant_la_mesure_est_comptee() -> None:
    """Gone before the last reading: only one taken on the way has seen it."""
    voulus = ("host", "port", "user", "password", "dbname")
    reglages = {nom: valeur for nom, valeur in connection.get_connection_params().items() if nom in voulus}
    limite = time.monotonic() + LIMITE
    with processeur.releve(os.getpid()) as lu:
        lien = psycopg.connect(**reglages)
        pid = lien.info.backend_pid
        while not (vu := _depense_de(pid, lu)) and time.monotonic() < limite:
            lien.execute("SELECT sum(n) FROM generate_series(1, 200000) n")
        lien.close()
        while Path(f"/proc/{pid}").exists() and time.monotonic() < limite:
            pass
    assert lu.depense[1] >= vu > 0


@pytest.mark.django_db(transaction=True)
def test_connexion_qui_mesure_ne_compte_pas() -> None:
    """Neither the one that reads first and last, whatever it has spent before, nor the one on the way."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT sum(n) FROM generate_series(1, 2000000) n")
    with processeur.releve(os.getpid()) as lu:
        limite = time.monotonic() + LIMITE
        while len(lu.miens) < 2 and time.monotonic() < limite:
            time.sleep(0.01)
    assert (len(lu.miens), lu.miens & {pid for pid, _ in lu.base.fin}) == (2, set())


def _depense_de(pid: int, lu: processeur.Releve) -> float:
    """Milliseconds seen so far of this backend."""
    return sum(secondes * 1000 for (numero, _), secondes in dict(lu.base.fin).items() if numero == pid)
