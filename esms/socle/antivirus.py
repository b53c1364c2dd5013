"""What ClamAV says of some bytes, asked over its INSTREAM command. No word of the database here.

The protocol is: `zINSTREAM` and a NUL; then the bytes in chunks, each after its length in four bytes, big
endian; an empty chunk ends them; the answer is one line ended by a NUL.
"""

import socket
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

BLOC = 64 * 1024  # bytes sent at once; clamd refuses nothing smaller than its StreamMaxLength
REPONSE_MAX = 4096  # bytes: one line
_COMMANDE = b"zINSTREAM\0"
_COUPE = "l’antivirus a coupé la communication"


class AnalyseImpossible(Exception):
    """No verdict: the antivirus is away, too slow, or refused the file. The message says which, in French."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer on one file; `signature` is the name of what was found, empty when nothing was."""

    signature: str

    @property
    def sain(self) -> bool:
        """Nothing was found."""
        return not self.signature


@dataclass(frozen=True, slots=True)
class Antivirus:
    """A clamd, at a TCP address (`hôte:port`) or on a Unix socket (an absolute path).

    `delai`, in seconds, bounds each wait: connection, write, read.
    """

    adresse: str
    delai: float = 30.0

    def analyser(self, fichier: BinaryIO) -> Verdict:
        """Read `fichier` from its start and ask. Raises AnalyseImpossible: never takes silence for health."""
        fichier.seek(0)
        try:
            lien = self._connecter()
        except OSError as erreur:
            raise AnalyseImpossible("l’antivirus est injoignable") from erreur
        try:
            with lien:
                reponse = _echanger(lien, fichier)
        except TimeoutError as erreur:
            raise AnalyseImpossible("l’antivirus ne répond pas dans le délai") from erreur
        except OSError as erreur:
            raise AnalyseImpossible(_COUPE) from erreur
        return _lire(reponse)

    def _connecter(self) -> socket.socket:
        if PurePosixPath(self.adresse).is_absolute():
            lien = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                lien.settimeout(self.delai)
                lien.connect(self.adresse)
            except BaseException:
                lien.close()
                raise
            return lien
        hote, _, port = self.adresse.rpartition(":")
        return socket.create_connection((hote.strip("[]"), int(port)), timeout=self.delai)


def adresse_valide(adresse: str) -> bool:
    """Whether `adresse` is `hôte:port` or an absolute path: a setting is checked before it is believed."""
    hote, _, port = adresse.rpartition(":")
    return PurePosixPath(adresse).is_absolute() or (bool(hote) and port.isascii() and port.isdigit())


def _echanger(lien: socket.socket, fichier: BinaryIO) -> bytes:
    """Send everything, then read the line. When clamd hangs up in the middle, it may have said why."""
    try:
        lien.sendall(_COMMANDE)
        while bloc := fichier.read(BLOC):
            lien.sendall(len(bloc).to_bytes(4, "big") + bloc)
        lien.sendall(bytes(4))
    except TimeoutError:
        raise
    except OSError:
        # Past StreamMaxLength clamd writes its answer and closes: the answer is still to be read.
        return _lire_la_ligne(lien)
    return _lire_la_ligne(lien)


def _lire_la_ligne(lien: socket.socket) -> bytes:
    recu = b""
    while not recu.endswith(b"\0") and len(recu) < REPONSE_MAX:
        morceau = lien.recv(REPONSE_MAX - len(recu))
        if not morceau:
            break
        recu += morceau
    return recu


def _lire(reponse: bytes) -> Verdict:
    """`stream: OK`, `stream: NAME FOUND`, or anything else, which is not a verdict."""
    if not reponse.endswith(b"\0"):
        raise AnalyseImpossible(_COUPE)
    texte = reponse.rstrip(b"\0\n").decode("utf8", errors="replace")
    corps = texte.removeprefix("stream: ")
    if texte.startswith("stream: ") and corps == "OK":
        return Verdict("")
    if texte.startswith("stream: ") and corps.endswith(" FOUND"):
        return Verdict(corps.removesuffix(" FOUND")[:120])
    if "size limit exceeded" in texte:
        raise AnalyseImpossible(
            "le fichier dépasse la taille que l’antivirus accepte (réglage StreamMaxLength de clamd)"
        )
    raise AnalyseImpossible(f"l’antivirus répond «\u00a0{texte[:120]}\u00a0»")
