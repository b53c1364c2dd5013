"""Our commands: French refusals, UTF-8 whatever the locale, one sentence when the output breaks."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from esms.socle.commandes import en_francais
from tests.moteur import entree

RACINE = Path(__file__).resolve().parents[3]


def _lancer(
    *arguments: str, environnement: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    commande = [sys.executable, "manage.py", *arguments, "--settings=tests.settings"]
    env = {**os.environ, **(environnement or {})}
    options = {"stdout": subprocess.PIPE, **options}
    return subprocess.run(
        commande, cwd=RACINE, env=env, stderr=subprocess.PIPE, timeout=120, check=False, **options
    )


@pytest.mark.parametrize(
    ("anglais", "francais"),
    [
        ("the following arguments are required: FICHIER", "il manque FICHIER."),
        ("unrecognized arguments: --x 3", "argument inconnu\u00a0: --x 3."),
        ("ambiguous option: --fo could match --format, --force-color",
         "--fo est ambigu\u00a0: --format, --force-color."),
        (
            "argument --format: invalid choice: 'xml' (choose from 'json', 'texte')",
            "--format\u00a0: «\u00a0xml\u00a0» n’est pas admis. Valeurs admises\u00a0: json, texte.",
        ),
        (
            "argument -v/--verbosity: invalid int value: 'x'",
            "-v/--verbosity\u00a0: «\u00a0x\u00a0» n’est pas une valeur admise.",
        ),
        ("argument --date: expected one argument", "--date\u00a0: il manque la valeur."),
        ("argument --lot: ignored explicit argument '3'", "--lot ne prend pas de valeur."),
        (
            "argument --date: «\u00a0x\u00a0» n’est pas une date AAAA-MM-JJ",
            "--date\u00a0: «\u00a0x\u00a0» n’est pas une date AAAA-MM-JJ.",
        ),
        ("tout autre refus", "tout autre refus"),
    ],
)  # fmt: skip
def test_refus_d_argparse_en_francais(anglais: str, francais: str) -> None:
    assert en_francais(anglais) == francais


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("simuler",), "manage.py simuler\u00a0: il manque FICHIER."),
        (
            ("simuler", "x", "--format", "xml"),
            (
                "manage.py simuler\u00a0: --format\u00a0: «\u00a0xml\u00a0» n’est pas admis. "
                "Valeurs admises\u00a0: json, texte."
            ),
        ),
        (("importer_finess",), "manage.py importer_finess\u00a0: il manque FICHIER."),
        (("tracabilite", "--x"), "manage.py tracabilite\u00a0: argument inconnu\u00a0: --x."),
    ],
)
def test_ligne_de_commande_fausse(arguments: tuple[str, ...], phrase: str) -> None:
    fait = _lancer(*arguments)
    assert (fait.returncode, fait.stdout) == (2, b"")
    assert fait.stderr.decode().startswith("Utilisation\u00a0: manage.py ")
    assert fait.stderr.decode().splitlines()[-1] == phrase


def test_appel_par_un_programme_leve_commanderror() -> None:
    with pytest.raises(CommandError, match=r"^il manque FICHIER\.$"):
        call_command("simuler")


@pytest.fixture
def projet_json(tmp_path: Path) -> str:
    fichier = tmp_path / "projet.json"
    fichier.write_text(json.dumps(entree(15)), encoding="utf8")
    return str(fichier)


def test_sortie_en_utf8_quelle_que_soit_la_langue(projet_json: str) -> None:
    ascii_seul = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    fait = _lancer("simuler", projet_json, "--format", "texte", environnement=ascii_seul)
    assert (fait.returncode, fait.stderr) == (0, b"")
    assert "Total    315\u202f000,00\u00a0€" in fait.stdout.decode("utf-8")


def test_disque_plein_une_phrase(projet_json: str) -> None:
    with Path("/dev/full").open("wb") as plein:
        fait = _lancer("simuler", projet_json, stdout=plein)
    assert fait.returncode == 1
    assert fait.stderr.decode() == "La sortie ne s’écrit pas\u00a0: plus de place sur le disque.\n"


def test_lecteur_parti_une_phrase(projet_json: str) -> None:
    lecture, ecriture = os.pipe()
    os.close(lecture)
    try:
        fait = _lancer("simuler", projet_json, stdout=ecriture)
    finally:
        os.close(ecriture)
    assert fait.returncode == 1
    assert fait.stderr.decode() == "La sortie ne s’écrit pas\u00a0: le lecteur s’est arrêté.\n"


def test_sans_sortie_une_phrase(projet_json: str) -> None:
    commande = [sys.executable, "manage.py", "simuler", projet_json, "--settings=tests.settings"]
    fait = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *commande],
        cwd=RACINE, stderr=subprocess.PIPE, timeout=120, check=False,
    )  # fmt: skip
    assert fait.returncode == 1
    assert fait.stderr.decode() == "La sortie ne s’écrit pas\u00a0: elle est fermée.\n"
