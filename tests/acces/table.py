"""Reading the matrix: one line per address, method and state; one cell per column of people.

    dossiers:grille POST en_instruction | → | 404 | 403 membre=404 | … | 403 instructeur=400 | …

A cell is what everybody of the column gets, then the exceptions, role by role. `→`: sign in first. Several
states are separated by commas: everybody plays the first one, the witnesses of each column the others; and
the first of each column, what opens for whoever is signed in.
`droits:role@ars` is that address about another thing (`demandes.ARGUMENTS` says which).
A method that has no line is refused to all (405). A line that starts with # is a comment.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLResolver, get_resolver

from instruction.etats import Etat
from tests.acces.distribution import COLONNES

DOSSIER = Path(__file__).parent / "matrice"
METHODES = ("GET", "POST")
REFUS = frozenset({"403", "404"})
# What a method without a line answers, whoever asks.
INCONNUE = "405"


@dataclass(frozen=True)
class Ligne:
    """What each person gets, by column then role."""

    nom: str
    methode: str
    etats: tuple[str, ...]
    cellules: Mapping[str, Mapping[str, str]]

    @property
    def adresse(self) -> str:
        """The name of the address, whatever it is about."""
        return self.nom.partition("@")[0]

    @property
    def commune(self) -> bool:
        """Opens for everybody who is signed in, whatever the role: one person of each column shows it."""
        statuts = {
            s for colonne, roles in self.cellules.items() if colonne != "anonyme" for s in roles.values()
        }
        return len(statuts) == 1 and statuts.isdisjoint(REFUS)


def lire() -> Sequence[Ligne]:
    """Every line of every file of the matrix. Raises ValueError on a line that is not one."""
    lues = [
        _ligne(texte, f"{fichier.name}:{rang}")
        for fichier in sorted(DOSSIER.glob("*.txt"))
        for rang, texte in enumerate(fichier.read_text(encoding="utf8").splitlines(), start=1)
        if texte.strip() and not texte.startswith("#")
    ]
    vues: set[tuple[str, str, str]] = set()
    for ligne in lues:
        for etat in ligne.etats:
            cle = (ligne.nom, ligne.methode, etat)
            if cle in vues:
                raise ValueError(f"deux lignes pour {cle}")
            vues.add(cle)
    return lues


def ecrire(nom: str, methode: str, etats: Sequence[str], cellules: Mapping[str, Mapping[str, str]]) -> str:
    """A line as the files hold it: to be read, judged, and then only pasted."""
    return f"{nom:34} {methode:4} {','.join(etats)} | " + " | ".join(
        _cellule_ecrite(cellules[colonne]) for colonne in COLONNES
    )


def adresses(resolveur: Any = None, espace: str = "") -> Iterator[str]:
    """Names of every address of the portal."""
    for motif in (resolveur or get_resolver()).url_patterns:
        if isinstance(motif, URLResolver):
            yield from adresses(motif, espace + (f"{motif.namespace}:" if motif.namespace else ""))
        else:
            yield f"{espace}{motif.name}"


def _ligne(texte: str, ou: str) -> Ligne:
    tete, *cellules = texte.split("|")
    nom, methode, etats = tete.split()
    connus = {etat.value for etat in Etat}
    if methode not in METHODES or not set(etats.split(",")) <= connus:
        raise ValueError(f"{ou} : méthode ou état inconnu")
    if len(cellules) != len(COLONNES):
        raise ValueError(f"{ou} : {len(cellules)} colonnes au lieu de {len(COLONNES)}")
    lues = {
        colonne: _cellule(cellule, colonne, ou) for colonne, cellule in zip(COLONNES, cellules, strict=True)
    }
    return Ligne(nom, methode, tuple(etats.split(",")), lues)


def _cellule(texte: str, colonne: str, ou: str) -> Mapping[str, str]:
    commun, *exceptions = texte.split()
    lues = dict.fromkeys(COLONNES[colonne], commun)
    for exception in exceptions:
        role, _, statut = exception.partition("=")
        if role not in lues or not statut:
            raise ValueError(f"{ou} : {exception} ne convient pas à la colonne {colonne}")
        lues[role] = statut
    return lues


def _cellule_ecrite(statuts: Mapping[str, str]) -> str:
    """The status of most, then who gets another one."""
    valeurs = list(statuts.values())
    commun = max(dict.fromkeys(valeurs), key=valeurs.count)
    return " ".join([commun, *(f"{role}={statut}" for role, statut in statuts.items() if statut != commun)])
