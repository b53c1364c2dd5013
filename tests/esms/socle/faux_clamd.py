"""A clamd on loopback that speaks the real INSTREAM protocol, and misbehaves on demand."""

import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OCTETS_MAX = 25 * 1024 * 1024  # StreamMaxLength by default

Reponse = Callable[[bytes], bytes]


def comme_clamd(octets: bytes) -> bytes:
    """The verdict of a scanner that looks inside compressed streams, as clamd does."""
    morceaux = [octets]
    for debut in (rang for rang in range(len(octets)) if octets[rang : rang + 1] == b"\x78"):
        try:
            morceaux.append(zlib.decompressobj().decompress(octets[debut:], 1024 * 1024))
        except zlib.error:
            continue
    trouve = any(EICAR in morceau for morceau in morceaux)
    return b"stream: Eicar-Test-Signature FOUND\0" if trouve else b"stream: OK\0"


class FauxClamd:
    """Serves until closed; `recus` are the streams received whole."""

    def __init__(
        self, ecoute: socket.socket, repondre: Reponse, *, coupe_apres: int | None, muet: bool
    ) -> None:
        self.recus: list[bytes] = []
        self._ecoute, self._repondre = ecoute, repondre
        self._coupe_apres, self._muet = coupe_apres, muet
        self._liens: list[socket.socket] = []
        self._fil = threading.Thread(target=self._servir, daemon=True)
        self._fil.start()

    @property
    def adresse(self) -> str:
        nom = self._ecoute.getsockname()
        return nom if isinstance(nom, str) else f"127.0.0.1:{nom[1]}"

    def fermer(self) -> None:
        self._ecoute.shutdown(socket.SHUT_RDWR)
        self._ecoute.close()
        self._fil.join(5)
        for lien in self._liens:
            lien.close()

    def _servir(self) -> None:
        while True:
            try:
                lien, _ = self._ecoute.accept()
            except OSError:
                return
            self._liens.append(lien)
            try:
                self._parler(lien)
            except (ConnectionError, EOFError):
                lien.close()

    def _parler(self, lien: socket.socket) -> None:
        assert _exactement(lien, 10) == b"zINSTREAM\0"
        octets = b""
        while longueur := int.from_bytes(_exactement(lien, 4), "big"):
            octets += _exactement(lien, longueur)
            if self._coupe_apres is not None and len(octets) >= self._coupe_apres:
                lien.close()
                return
            if len(octets) > OCTETS_MAX:
                lien.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                lien.shutdown(socket.SHUT_WR)
                while lien.recv(65536):
                    pass
                lien.close()
                return
        self.recus.append(octets)
        if not self._muet:
            lien.sendall(self._repondre(octets))
            lien.close()


def _exactement(lien: socket.socket, nombre: int) -> bytes:
    recu = b""
    while len(recu) < nombre:
        morceau = lien.recv(nombre - len(recu))
        if not morceau:
            raise EOFError
        recu += morceau
    return recu


@contextmanager
def faux_clamd(
    repondre: Reponse = comme_clamd,
    *,
    chemin: Path | None = None,
    coupe_apres: int | None = None,
    muet: bool = False,
) -> Iterator[FauxClamd]:
    """A fake clamd on a free port of loopback, or on a Unix socket at `chemin`."""
    ecoute = socket.socket(socket.AF_UNIX if chemin else socket.AF_INET, socket.SOCK_STREAM)
    ecoute.bind(str(chemin) if chemin else ("127.0.0.1", 0))
    ecoute.listen(5)
    serveur = FauxClamd(ecoute, repondre, coupe_apres=coupe_apres, muet=muet)
    try:
        yield serveur
    finally:
        serveur.fermer()
