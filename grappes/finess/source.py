"""Opening of a FINESS file: gzip or not, limits, encoding; all told by the content, never by the name."""

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from grappes.finess.modele import FichierRefuse

LIGNE_MAX = 64 * 1024  # bytes; a real line is under 1 kB
TAILLE_MAX = 4 * 1024**3  # bytes once expanded; the national stream is under 1 GB
_BLOC = 1 << 18
_CONTROLES = bytes({*range(32)} - {9, 10, 13})
_BINAIRE_POUR_CENT = 5  # of control characters; a stray one only rejects its line
_SIGNATURES = (
    (b"PK\x03\x04", "C’est une archive zip ou un classeur"),
    (b"%PDF", "C’est un document PDF"),
    (b"\xff\xfe", "Le fichier est en UTF-16"),
    (b"\xfe\xff", "Le fichier est en UTF-16"),
    (b"\xd0\xcf\x11\xe0", "C’est un document Office"),
)
TRONQUE = "Le fichier est tronqué\u00a0: téléchargez-le de nouveau. Rien n’a été importé."
ATTENDU = "un fichier FINESS cs1100501, cs1100502 ou cs1100507, ou le flux JSON des structures, est attendu."


class Source:
    """The bytes of a file, expanded, with the share of the file already read (for a progress bar)."""

    def __init__(self, chemin: Path, brut: BinaryIO, flux: BinaryIO) -> None:
        self._brut, self._flux = brut, flux
        self._taille = max(chemin.stat().st_size, 1)
        self._lus = 0

    @property
    def part_lue(self) -> float:
        """Share of the file already read, from 0 to 1."""
        return min(self._brut.tell() / self._taille, 1.0)

    def lignes(self) -> Iterator[bytes]:
        """Physical lines, ended by LF but perhaps the last. Raises FichierRefuse on one far too long."""
        while ligne := self._lire(lambda: self._flux.readline(LIGNE_MAX + 1)):
            if len(ligne) > LIGNE_MAX:
                raise FichierRefuse(f"Une ligne dépasse {LIGNE_MAX // 1024}\u00a0ko\u00a0: {ATTENDU}")
            yield ligne

    def blocs(self) -> Iterator[bytes]:
        """The bytes in blocks, whatever the lines."""
        while bloc := self._lire(lambda: self._flux.read(_BLOC)):
            yield bloc

    def apercu(self, longueur: int) -> bytes:
        """The first bytes; the caller reopens the file to read it."""
        return self._lire(lambda: self._flux.read(longueur))

    def _lire(self, lecture: Callable[[], bytes]) -> bytes:
        try:
            lu = lecture()
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise FichierRefuse(TRONQUE) from None
        self._lus += len(lu)
        if self._lus > TAILLE_MAX:
            raise FichierRefuse(f"Le fichier dépasse {TAILLE_MAX // 1024**3}\u00a0Go une fois décompressé.")
        return lu


@contextmanager
def ouvrir(chemin: Path) -> Iterator[Source]:
    """Open for one sequential reading. Raises FichierRefuse when the file cannot be opened."""
    try:
        brut = chemin.open("rb")
    except OSError as erreur:
        raise FichierRefuse(
            f"Le fichier «\u00a0{chemin.name}\u00a0» ne peut être ouvert\u00a0: {_cause(erreur)}."
        ) from None
    with brut:
        comprime = brut.read(2) == b"\x1f\x8b"
        brut.seek(0)
        flux = cast(BinaryIO, gzip.GzipFile(fileobj=brut)) if comprime else brut
        yield Source(chemin, brut, flux)


def _cause(erreur: OSError) -> str:
    if isinstance(erreur, FileNotFoundError):
        return "il n’existe pas"
    if isinstance(erreur, IsADirectoryError):
        return "c’est un dossier"
    return "accès refusé" if isinstance(erreur, PermissionError) else "lecture impossible"


def verifier_texte(debut: bytes) -> None:
    """Refuse from its first bytes a file that is empty or is not text."""
    if not debut.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FichierRefuse(f"Le fichier est vide\u00a0: {ATTENDU}")
    for signature, constat in _SIGNATURES:
        if debut.startswith(signature):
            raise FichierRefuse(f"{constat}\u00a0: {ATTENDU}")
    if len(debut) - len(debut.translate(None, _CONTROLES)) > len(debut) * _BINAIRE_POUR_CENT // 100:
        raise FichierRefuse(f"Le fichier est binaire\u00a0: {ATTENDU}")


def encodage(chemin: Path) -> str:
    """`utf-8` or `iso-8859-1`, by counting the lines that only one of them can explain.

    Counting, rather than giving up UTF-8 at the first fault, keeps one damaged line from garbling the whole
    file: that line alone is then rejected.
    """
    utf8 = autres = 0
    with ouvrir(chemin) as source:
        for ligne in source.lignes():
            if ligne.isascii():
                continue
            try:
                ligne.decode("utf-8")
                utf8 += 1
            except UnicodeDecodeError:
                autres += 1
    return "iso-8859-1" if autres > utf8 else "utf-8"


def sans_bom(ligne: bytes) -> bytes:
    """The line without the UTF-8 byte order mark."""
    return ligne.removeprefix(codecs.BOM_UTF8)
