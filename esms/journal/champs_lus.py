"""A form that remembers which of its fields somebody looked at: the others were not asked for."""

from collections.abc import Iterator
from typing import Any, Self

from django.http import QueryDict

_DU_CADRE = frozenset({"csrfmiddlewaretoken"})


class ChampsLus(QueryDict):
    """The posted fields, read as usual; `inattendus` names those that no view nor form ever read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.lus: set[str] = set()
        super().__init__(*args, **kwargs)

    @classmethod
    def de(cls, recu: QueryDict) -> Self:
        """The same fields, watched from now on."""
        suivi = cls("", mutable=True, encoding=recu.encoding)
        for nom, valeurs in recu.lists():
            suivi.setlist(nom, valeurs)
        suivi._mutable = False
        suivi.lus.clear()
        return suivi

    @property
    def inattendus(self) -> list[str]:
        """Names sent and never read, in order."""
        return sorted({str(nom) for nom in dict.keys(self)} - self.lus - _DU_CADRE)

    def __getitem__(self, nom: str) -> Any:
        self.lus.add(nom)
        return super().__getitem__(nom)

    def __contains__(self, nom: object) -> bool:
        self.lus.add(str(nom))
        return super().__contains__(nom)

    def getlist(self, nom: str, default: Any = None) -> Any:
        """Values of one field."""
        self.lus.add(nom)
        return super().getlist(nom, default)

    def __iter__(self) -> Iterator[str]:
        self.lus.update(map(str, dict.keys(self)))  # who goes through all of them reads all of them
        return super().__iter__()
