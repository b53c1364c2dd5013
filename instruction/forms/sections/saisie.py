"""What a browser sends for a section, without what no one types: NUL, controls, marks of direction."""

import unicodedata
from typing import Any

from django.http import QueryDict

_GARDES = frozenset("\n\t")
# Marks of direction and isolates: in the name of a person or of a cost they only serve to deceive the eye.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def nettoyer(texte: str) -> str:
    """The text in NFC, line ends as the database keeps them, without control nor direction marks."""
    unifie = unicodedata.normalize("NFC", texte.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        c for c in unifie if c not in _BIDI and (c in _GARDES or unicodedata.category(c) not in {"Cc", "Cs"})
    )


class DonneesNettoyees:
    """The posted fields, each cleaned as it is read: what no form reads stays unread, hence journaled."""

    def __init__(self, recu: QueryDict) -> None:
        self._recu = recu

    def get(self, nom: str, defaut: Any = None) -> Any:
        """Last value of a field."""
        valeur = self._recu.get(nom, defaut)
        return nettoyer(valeur) if isinstance(valeur, str) else valeur

    def getlist(self, nom: str) -> list[str]:
        """Every value of a field."""
        return [nettoyer(valeur) for valeur in self._recu.getlist(nom)]

    def __getitem__(self, nom: str) -> str:
        return nettoyer(str(self._recu[nom]))

    def __contains__(self, nom: object) -> bool:
        return nom in self._recu
