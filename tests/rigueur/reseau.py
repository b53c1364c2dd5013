"""No test leaves the machine: loopback and Unix sockets only."""

import ipaddress
import socket
from typing import Any

import pytest


class SortieInterdite(RuntimeError):
    """A test tried to reach the network."""


def _reste_ici(famille: int, adresse: Any) -> bool:
    if famille == socket.AF_UNIX:
        return True
    hote = adresse[0]
    try:
        return ipaddress.ip_address(hote).is_loopback
    except ValueError:
        return hote == "localhost"


def fermer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection of this process that is not local."""
    for nom in ("connect", "connect_ex"):
        ouvrir = getattr(socket.socket, nom)

        def garde(prise: socket.socket, adresse: Any, ouvrir: Any = ouvrir) -> Any:
            if not _reste_ici(prise.family, adresse):
                raise SortieInterdite(f"Connexion interdite dans les essais : {adresse!r}")
            return ouvrir(prise, adresse)

        monkeypatch.setattr(socket.socket, nom, garde)
