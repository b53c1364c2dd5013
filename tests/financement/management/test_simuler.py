"""`manage.py simuler`: files, standard input, batches, and one clear sentence for what cannot be read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.financement.simulation.test_resultat import _retenu
from tests.moteur import CAS, cas_publics, entree

CONNUS = "Connus\u00a0: guadeloupe-2022, occitanie-2025."
RACINE = Path(__file__).resolve().parents[3]


@pytest.fixture
def projet_json(tmp_path: Path) -> Path:
    fichier = tmp_path / "projet.json"
    fichier.write_text(json.dumps(entree(15)), encoding="utf8")
    return fichier


def _lancer(*arguments: str, entree_standard: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    commande = [sys.executable, "manage.py", "simuler", *arguments, "--settings=tests.settings"]
    return subprocess.run(
        commande, cwd=RACINE, input=entree_standard, capture_output=True, timeout=120, check=False
    )


def test_un_projet_sans_base(projet_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the database fixture, any query would fail the test."""
    call_command("simuler", str(projet_json))
    assert json.loads(capsys.readouterr().out)["synthese"]["total"] == "315000.00"


def test_texte(projet_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("simuler", str(projet_json), format="texte")
    assert "Total    315\u202f000,00\u00a0€" in capsys.readouterr().out


def test_cas_publics_par_la_commande(capsys: pytest.CaptureFixture[str]) -> None:
    _, attendus = cas_publics()
    call_command("simuler", str(CAS / "entrees.jsonl"), lot=True)
    resultats = [json.loads(ligne) for ligne in capsys.readouterr().out.splitlines()]
    assert [_retenu(r, a) for r, a in zip(resultats, attendus, strict=True)] == attendus


def test_lot_partage_entre_les_coeurs_rend_le_meme_ordre() -> None:
    lignes = [json.dumps(entree(1 + rang % 7)) for rang in range(300)]
    lignes[137] = "{"
    fait = _lancer("-", "--lot", entree_standard="\n".join(lignes).encode())
    resultats = [json.loads(ligne) for ligne in fait.stdout.decode().splitlines()]
    assert (fait.returncode, fait.stderr) == (0, b"")
    assert [resultat.get("synthese", {}).get("nombre_essms") for resultat in resultats] == [
        None if rang == 137 else 1 + rang % 7 for rang in range(300)
    ]


def test_separateur_unicode_dans_une_chaine_ne_coupe_pas_la_ligne() -> None:
    ligne = json.dumps(entree(1, solution={"nom": "a\u2028b"}), ensure_ascii=False)
    fait = _lancer("-", "--lot", entree_standard=ligne.encode() + b"\n")
    assert len(fait.stdout.splitlines()) == 1
    assert "caractère de contrôle" in json.loads(fait.stdout)["erreur"]


REFUS: dict[str, tuple[bytes, str]] = {
    "vide": (b"", "L’entrée standard est vide."),
    "binaire": (b"\xff\xfe\x00", "Ce n’est pas du texte en UTF-8."),
    "json_casse": (b'{"aap": ', "Ce n’est pas du JSON lisible (ligne 1, colonne 9)."),
    "liste": (b"[]", "entree\u00a0: Un objet JSON est attendu."),
    "aap_inconnu": (
        json.dumps(entree(1, aap="x")).encode(),
        f"aap\u00a0: L’appel à projets «\u00a0x\u00a0» est inconnu. {CONNUS}",
    ),
}


@pytest.mark.parametrize("cas", REFUS)
def test_entree_invalide_code_2_et_phrase(cas: str) -> None:
    recue, message = REFUS[cas]
    fait = _lancer("-", entree_standard=recue)
    assert (fait.returncode, fait.stdout) == (2, b"")
    assert fait.stderr.decode().strip() == message


@pytest.mark.parametrize(("nom", "message"), [("absent.json", "n’existe pas."), (".", "est un dossier")])
def test_fichier_illisible(
    nom: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as sortie:
        call_command("simuler", str(tmp_path / nom))
    lu: Any = capsys.readouterr()
    assert (sortie.value.code, lu.out) == (2, "")
    assert message in lu.err


def test_lot_en_texte_refuse(projet_json: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("simuler", str(projet_json), lot=True, format="texte")
    assert "Un lot ne se rend qu’en JSON" in capsys.readouterr().err
