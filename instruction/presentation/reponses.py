"""What was typed in a section, as a person reads it: check page, sealed filing, history, conflict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

COURTE = 120  # characters
OUI_NON = {True: "Oui", False: "Non"}


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer: the path of the field in the content (« risques.0.mesure »), its label, its text."""

    champ: str
    libelle: str
    texte: str

    @property
    def racine(self) -> str:
        """The field of the section that holds it: what is chosen or merged as a whole."""
        return self.champ.partition(".")[0]

    @property
    def longue(self) -> bool:
        """Better folded than on one line."""
        return len(self.texte) > COURTE or "\n" in self.texte

    @property
    def courriel(self) -> bool:
        """An e-mail address, to be written to."""
        return self.champ.rpartition(".")[2].endswith("courriel") and "@" in self.texte


def deplier(champ: str, libelle: str, valeur: Any, libelles: Mapping[str, str]) -> Iterator[Reponse]:
    """The answers that a value holds; rows of a table are numbered from 1, `libelles` names their columns."""
    if isinstance(valeur, Mapping):
        for nom, interieure in valeur.items():
            suite = libelles.get(nom, nom.replace("_", " "))
            yield from deplier(
                f"{champ}.{nom}", f"{libelle}, {suite}" if libelle else suite, interieure, libelles
            )
    elif isinstance(valeur, list) and any(isinstance(element, Mapping) for element in valeur):
        for rang, element in enumerate(valeur):
            yield from deplier(f"{champ}.{rang}", f"{libelle} {rang + 1}", element, libelles)
    else:
        yield Reponse(champ, libelle, en_texte(valeur))


def en_texte(valeur: Any) -> str:
    """A value in French; empty when nothing was typed."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return OUI_NON[valeur]
    if isinstance(valeur, list):
        return ", ".join(en_texte(element) for element in valeur)
    return str(valeur)
