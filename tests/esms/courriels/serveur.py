"""A mail server of loopback that keeps what it gets, and refuses what a test tells it to."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Serveur:
    """`reponses`: what to answer to a command instead of 250. `lenteur`: seconds before DATA is accepted."""

    port: int = 0
    recus: list[bytes] = field(default_factory=list)
    reponses: dict[str, str] = field(default_factory=dict)
    lenteur: float = 0.0


@contextmanager
def serveur() -> Iterator[Serveur]:
    """Listening until the end of the block."""
    etat = Serveur()

    class Poignee(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._dire("220 essais")
            while ligne := self.rfile.readline():
                commande = ligne.decode().split()[0].split(":")[0].upper()
                if commande == "QUIT":
                    self._dire("221 au revoir")
                    return
                if commande == "DATA" and "DATA" not in etat.reponses:
                    self._recevoir()
                else:
                    self._dire(etat.reponses.get(commande, "250 oui"))

        def _recevoir(self) -> None:
            self._dire("354 allez")
            lignes: list[bytes] = []
            while (ligne := self.rfile.readline()) != b".\r\n":
                lignes.append(ligne)
            time.sleep(etat.lenteur)
            etat.recus.append(b"".join(lignes))
            self._dire("250 pris")

        def _dire(self, texte: str) -> None:
            self.wfile.write(f"{texte}\r\n".encode())

    class Ecoute(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up in the middle is part of the tests."""

    with Ecoute(("127.0.0.1", 0), Poignee) as ecoute:
        etat.port = ecoute.server_address[1]
        fil = threading.Thread(target=ecoute.serve_forever, kwargs={"poll_interval": 0.02})
        fil.start()
        try:
            yield etat
        finally:
            ecoute.shutdown()
            fil.join()
