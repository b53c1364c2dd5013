"""The last evening with its failures, on a PostgreSQL of its own: what was acknowledged is there."""

import os
import subprocess

import pytest
from django.conf import settings

pytestmark = pytest.mark.concurrence


def _jouer(mode: str) -> subprocess.CompletedProcess[str]:
    environnement = {nom: valeur for nom, valeur in os.environ.items() if nom != "DATABASE_URL"}
    return subprocess.run(
        ["script/mesurer", "--rush", mode],
        cwd=settings.BASE_DIR,
        env=environnement,
        capture_output=True,
        text=True,
        check=False,
    )


def _chiffres(sortie: str, nom: str) -> list[str]:
    """What was measured under that name, in the order of the series."""
    return [ligne.split("≤")[0].split()[-1] for ligne in sortie.splitlines() if nom in ligne]


def test_serveur_web_et_postgresql_tues_aucun_depot_accuse_ne_manque() -> None:
    fait = _jouer("pannes")
    assert fait.returncode == 0, fait.stdout + fait.stderr
    for nom in ("dont le dépôt manque", "en double", "donnés à personne", "sans accusé au bout"):
        assert _chiffres(fait.stdout, nom) == ["0", "0"], fait.stdout
    assert fait.stdout.count("80 rendus") == 2


def test_base_reglee_pour_perdre_est_prise_sur_le_fait() -> None:
    fait = _jouer("controle")
    assert fait.returncode == 0, fait.stdout + fait.stderr
    assert "Le contrôle voit la perte." in fait.stdout
