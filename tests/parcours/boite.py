"""What people read in their e-mails: a code, a link. The worker sends what waits, for real."""

import re
from typing import Any
from urllib.parse import urlsplit

from tests.taches import executer


class Boite:
    """The e-mails that left the portal."""

    def __init__(self, partis: list[Any]) -> None:
        self._partis = partis

    def code(self, adresse: str) -> str:
        """The code of the last e-mail to `adresse`."""
        return self._trouver(adresse, r"code\u00a0: (\S+)")

    def lien(self, adresse: str) -> str:
        """Path of the portal that the last e-mail to `adresse` opens."""
        lien = urlsplit(self._trouver(adresse, r"(https?://\S+)"))
        return f"{lien.path}?{lien.query}" if lien.query else lien.path

    def objet(self, adresse: str) -> str:
        """What the last e-mail to `adresse` is about."""
        return str(self._dernier(adresse).subject)

    def _dernier(self, adresse: str) -> Any:
        executer()
        return [message for message in self._partis if message.to == [adresse]][-1]

    def _trouver(self, adresse: str, motif: str) -> str:
        trouve = re.search(motif, self._dernier(adresse).body)
        assert trouve is not None, f"rien de tel dans le courriel à {adresse}"
        return trouve[1]
