"""What the rules of a section may look at besides what was typed in it. Pure."""

from dataclasses import dataclass

from esms.aap import Edition
from financement.simulation import Resultat
from grappes.regles import Projet


@dataclass(frozen=True, slots=True)
class Contexte:
    """The edition, the project of the grappe as the register completes it, and what the engine says of it."""

    edition: Edition
    projet: Projet
    resultat: Resultat
