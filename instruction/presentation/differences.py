"""Word-level differences between two texts; the template escapes them and marks them by more than colour."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from instruction.presentation.reponses import Reponse

EGAL, AJOUTE, RETIRE = "egal", "ajoute", "retire"
# Words beyond this are compared by paragraph: the comparison costs the product of both lengths.
MOTS_MAX = 6_000
_MOTS = re.compile(r"\s+|[^\s\w]|\w+")
_LIGNES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Morceau:
    """A piece of text: in both versions, only in the new one, only in the old one."""

    nature: str
    texte: str


@dataclass(frozen=True, slots=True)
class Changement:
    """One answer that differs: its label, both texts, and the pieces that lead from one to the other."""

    champ: str
    libelle: str
    avant: str
    apres: str
    morceaux: tuple[Morceau, ...]

    @property
    def racine(self) -> str:
        """The field of the section that holds it."""
        return self.champ.partition(".")[0]


def comparer(avant: str, apres: str) -> tuple[Morceau, ...]:
    """The pieces that lead from `avant` to `apres`, word by word."""
    decoupe = _MOTS if max(len(avant), len(apres)) <= MOTS_MAX * 5 else _LIGNES
    anciens, nouveaux = decoupe.findall(avant), decoupe.findall(apres)
    return tuple(_morceaux(anciens, nouveaux))


def changements(avant: Sequence[Reponse], apres: Sequence[Reponse]) -> list[Changement]:
    """The answers that differ, in the order of the new version, those that are gone last."""
    anciennes, nouvelles = ({r.champ: r for r in reponses} for reponses in (avant, apres))
    trouves = []
    for champ, reponse in ({**nouvelles, **anciennes} | nouvelles).items():
        ancien, nouveau = (cote[champ].texte if champ in cote else "" for cote in (anciennes, nouvelles))
        if ancien != nouveau:
            trouves.append(Changement(champ, reponse.libelle, ancien, nouveau, comparer(ancien, nouveau)))
    return trouves


def _morceaux(anciens: list[str], nouveaux: list[str]) -> Iterator[Morceau]:
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, anciens, nouveaux, autojunk=False).get_opcodes():
        if operation == "equal":
            yield Morceau(EGAL, "".join(anciens[i1:i2]))
            continue
        if i2 > i1:
            yield Morceau(RETIRE, "".join(anciens[i1:i2]))
        if j2 > j1:
            yield Morceau(AJOUTE, "".join(nouveaux[j1:j2]))
