"""The last evening with its failures, on a PostgreSQL of its own: what was acknowledged is there.

Played once for both tests: a web process killed, PostgreSQL killed, then killed again once set to lose.
"""

import os
import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.concurrence
RIEN = ["0", "0"]


@pytest.fixture(scope="module")
def soiree() -> str:
    """What the evening prints."""
    environnement = {nom: valeur for nom, valeur in os.environ.items() if nom != "DATABASE_URL"}
    jouee = subprocess.run(
        ["script/mesurer", "--rush", "preuve"],
        cwd=settings.BASE_DIR,
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )
    assert jouee.returncode == 0, jouee.stdout + jouee.stderr
    assert "Traceback" not in jouee.stderr
    return jouee.stdout


def _chiffres(sortie: str, nom: str) -> list[str]:
    """What was measured under that name, in the order of the series."""
    return [ligne.split("≤")[0].split()[-1] for ligne in sortie.splitlines() if nom in ligne]


def test_serveur_web_et_postgresql_tues_aucun_depot_accuse_ne_manque(soiree: str) -> None:
    for nom in ("dont le dépôt manque", "en double", "donnés à personne", "sans accusé au bout"):
        assert _chiffres(soiree, nom)[:2] == RIEN, soiree
    assert soiree.count("60 rendus") == 3


def test_base_reglee_pour_perdre_est_prise_sur_le_fait(soiree: str) -> None:
    """A quarter of the filings, acknowledged while nothing went to the disk, but for those on their way."""
    *_, perdus = _chiffres(soiree, "dont le dépôt manque")
    assert int(perdus) >= 10, soiree
    assert "Le contrôle voit la perte." in soiree
