"""What ProConnect said of a person, once its signatures and claims were checked."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Identite:
    """A person known by `sub`; the address is only a hint, until somebody proves that it is theirs."""

    sub: str
    courriel: str
    nom: str
    courriel_verifie: bool
    second_facteur: bool
    prouve: bool = False  # the local account of this address was proved since

    def en_session(self) -> dict[str, Any]:
        """To be kept while a proof is asked."""
        return asdict(self)

    @classmethod
    def relire(cls, garde: Mapping[str, Any] | None) -> Self | None:
        """What `en_session` gave."""
        return cls(**garde) if garde else None
