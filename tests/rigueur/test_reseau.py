"""The network is closed to tests, the machine itself is not."""

import socket

import pytest

from tests.rigueur.reseau import SortieInterdite


@pytest.mark.parametrize("adresse", ["192.0.2.1", "portail.example"])
def test_connexion_au_dehors_refusee(adresse: str) -> None:
    with socket.socket() as prise, pytest.raises(SortieInterdite):
        prise.connect((adresse, 80))


def test_connexion_locale_permise() -> None:
    with socket.create_server(("127.0.0.1", 0)) as serveur, socket.socket() as prise:
        prise.connect(serveur.getsockname())
        assert prise.getpeername() == serveur.getsockname()
