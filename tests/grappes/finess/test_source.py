"""Files that are not FINESS files: one French sentence, whatever their name says."""

import gzip
import random

import pytest

from grappes.finess.lecture import lire_fichier
from grappes.finess.modele import FichierRefuse
from grappes.finess.source import LIGNE_MAX


def refus(chemin):
    with pytest.raises(FichierRefuse) as refuse, lire_fichier(chemin) as lecteur:
        list(lecteur.lignes())
    return str(refuse.value)


@pytest.mark.parametrize(
    ("contenu", "debut"),
    [
        (b"", "Le fichier est vide"),
        (b"\n\n  \n", "Le fichier est vide"),
        (b"\xef\xbb\xbf", "Le fichier est vide"),
        (gzip.compress(b""), "Le fichier est vide"),
        (b"PK\x03\x04" + b"x" * 100, "C’est une archive zip ou un classeur"),
        (b"%PDF-1.7\n", "C’est un document PDF"),
        ("finess;etalab".encode("utf-16"), "Le fichier est en UTF-16"),
        (random.Random(1).randbytes(5000), "Le fichier est binaire"),
        (b"bonjour\nle monde\n", "Le contenu n’est pas reconnu"),
        (b"nom;ville\nA;B\n", "Le contenu n’est pas reconnu"),
        (b"<html><body>404</body></html>\n", "Le contenu n’est pas reconnu"),
        (b"finess;etalab;1;2024-01-01\n" + b"x" * (LIGNE_MAX + 2), "Une ligne dépasse 64\u00a0ko"),
        (b"\x1f\x8b\x08garbage garbage garbage", "Le fichier est tronqué"),
        (gzip.compress(b"a" * 10_000_000), "Une ligne dépasse 64\u00a0ko"),
    ],
    ids=[
        "vide",
        "blancs",
        "bom seul",
        "gzip vide",
        "zip",
        "pdf",
        "utf-16",
        "binaire",
        "texte",
        "autre csv",
        "html",
        "ligne énorme",
        "faux gzip",
        "bombe gzip",
    ],
)
def test_fichier_etranger_refuse(tmp_path, contenu, debut):
    chemin = tmp_path / "finess.csv"
    chemin.write_bytes(contenu)
    assert refus(chemin).startswith(debut)


def test_fichier_absent(tmp_path):
    assert (
        refus(tmp_path / "rien.csv")
        == "Le fichier «\u00a0rien.csv\u00a0» ne peut être ouvert\u00a0: il n’existe pas."
    )


def test_dossier(tmp_path):
    assert refus(tmp_path).endswith("c’est un dossier.")
