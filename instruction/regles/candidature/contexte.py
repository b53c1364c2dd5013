"""What the rules of a section may look at besides what was typed in it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from esms.aap import Edition
from financement.simulation import Resultat
from grappes.regles import Projet


@dataclass(frozen=True, slots=True)
class Contexte:
    """The edition, the project of the grappe as the register completes it, and what the engine says of it.

    `noms`: FINESS EJ → name of its organisms; a caller may make it read the register only once it is asked.
    """

    edition: Edition
    projet: Projet
    resultat: Resultat
    noms: Mapping[str, str] = field(default_factory=dict)

    def nom(self, finess_ej: str) -> str:
        """An organism as a sentence names it, with its number; the number alone when it has no name."""
        nom = self.noms.get(finess_ej)
        return f"{nom} ({finess_ej})" if nom and finess_ej not in nom else nom or finess_ej
