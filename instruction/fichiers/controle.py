"""Whether a file may enter. Each refusal has its own sentence; the file is read, never run nor extracted."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from instruction.fichiers import archives, documents
from instruction.fichiers.noms import extension_de
from instruction.fichiers.refus import EICAR, ILLISIBLE, VIRUS, FichierRefuse

journal = logging.getLogger(__name__)

TAILLE_MAX = 20 * 1024 * 1024  # bytes; « 20 Mo » as file managers count them

TYPES: dict[str, Callable[[BinaryIO], None]] = {
    "pdf": documents.controler_pdf,
    "docx": archives.controler_docx,
    "xlsx": archives.controler_xlsx,
    "odt": archives.controler_odt,
    "ods": archives.controler_ods,
    "png": documents.controler_png,
    "jpg": documents.controler_jpg,
}
_SYNONYMES = {"jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Constat:
    """What was read of a file that may enter; `taille` in bytes."""

    extension: str
    taille: int
    sha256: str


def controler(nom: str, fichier: BinaryIO) -> Constat:
    """Read the whole file and say what it is; leaves it rewound.

    Raises FichierRefuse, whose message is shown as it is.
    """
    extension = _SYNONYMES.get(extension_de(nom), extension_de(nom))
    if extension not in TYPES:
        connus = ", ".join(TYPES)
        raise FichierRefuse(f"Ce type de fichier n’est pas accepté. Types acceptés\u00a0: {connus}.")
    taille, empreinte = _parcourir(fichier)
    fichier.seek(0)
    _eprouver(TYPES[extension], fichier)
    fichier.seek(0)
    return Constat(extension=extension, taille=taille, sha256=empreinte)


def _eprouver(lecteur: Callable[[BinaryIO], None], fichier: BinaryIO) -> None:
    """Let the reader of that type look; what its parser cannot follow is a broken file, never an error page.

    Parsers of zip, PDF and images raise nearly anything on bytes made to trip them; the cause is logged.
    """
    try:
        lecteur(fichier)
    except FichierRefuse:
        raise
    except Exception as erreur:
        journal.info("Fichier illisible (%s)", lecteur.__name__, exc_info=erreur)
        raise FichierRefuse(ILLISIBLE) from erreur


def _parcourir(fichier: BinaryIO) -> tuple[int, str]:
    """Size and SHA-256, one block at a time; stops as soon as the size is too much."""
    hache, taille, fin_precedente = hashlib.sha256(), 0, b""
    fichier.seek(0)
    while bloc := fichier.read(1024 * 1024):
        taille += len(bloc)
        if taille > TAILLE_MAX:
            raise FichierRefuse(
                "Le fichier dépasse 20\u00a0Mo. Réduisez-le ou envoyez-le en plusieurs parties."
            )
        if EICAR in fin_precedente + bloc:
            raise FichierRefuse(VIRUS)
        fin_precedente = bloc[-len(EICAR) :]
        hache.update(bloc)
    if not taille:
        raise FichierRefuse("Le fichier est vide.")
    return taille, hache.hexdigest()
