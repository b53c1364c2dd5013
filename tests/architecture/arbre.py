"""The files of the project, as git sees them: tracked, or about to be."""

import subprocess
from pathlib import Path

from django.conf import settings

RACINE = Path(settings.BASE_DIR)
APPLICATIONS = ("esms", "grappes", "financement", "instruction")


def fichiers(*motifs: str) -> list[Path]:
    """Files that match the git patterns, in order; ignored ones are left out."""
    commande = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *motifs]
    sortie = subprocess.run(commande, cwd=RACINE, check=True, capture_output=True, text=True).stdout
    return sorted({RACINE / nom for nom in sortie.split("\0") if nom and (RACINE / nom).is_file()})


def lire(fichier: Path) -> str:
    """Text of a file; binary ones (images) read as nothing."""
    octets = fichier.read_bytes()
    return "" if b"\0" in octets else octets.decode("utf8")


def nom(fichier: Path) -> str:
    """Path from the root, as the messages show it."""
    return str(fichier.relative_to(RACINE))
