"""Completeness of an application: what is still missing before it can be filed, in sentences.

Pure: no Django, no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grappes.regles import Controle, Guichet, PieceDemandee, Projet, Verdict
from grappes.regles.a_nommer import REGLES_DE_LA_SOLUTION
from grappes.regles.phrases import et

# The ARS may lift the minimum number of ESSMS, with a motive (E3): such a dossier is filed, and the ARS
# judges.
REGLES_LEVABLES = frozenset({"E3"})

# Sections whose missing things come from the engine and from the files, not from a typed content.
SECTION_GRAPPE = "grappe"
SECTION_PIECES = "pieces"
SECTION_DEPOT = "depot"


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing to do before filing: the section where it is done, and the sentence that says it."""

    section: str
    phrase: str


@dataclass(frozen=True, slots=True)
class EtatPiece:
    """A document of the edition against the files joined: how many there are, how many it takes.

    `perimes`: documents that the portal wrote from answers that have changed since, which do not count.
    """

    demandee: PieceDemandee
    nombre: int
    minimum: int
    perimes: int = 0

    @property
    def complete(self) -> bool:
        """Enough files, or none needed."""
        return not self.demandee.obligatoire or self.nombre >= self.minimum

    @property
    def souhait(self) -> str:
        """Sentence when there are enough files but fewer than the AAP wishes; empty otherwise."""
        souhaite = self.demandee.piece.souhaite
        if not self.demandee.obligatoire or not self.minimum <= self.nombre < souhaite:
            return ""
        return f"L’appel à projets en souhaite {souhaite}."


def etats_des_pieces(
    demandees: Iterable[PieceDemandee],
    nombres: Mapping[str, int],
    organismes: int,
    perimes: Mapping[str, int] = MappingProxyType({}),
) -> tuple[EtatPiece, ...]:
    """Each document with its count; one that every organism must bring takes as many files as organisms."""
    return tuple(
        EtatPiece(
            demandee,
            nombres.get(demandee.piece.regle, 0),
            demandee.piece.minimum * (max(organismes, 1) if demandee.piece.par_organisme else 1),
            perimes.get(demandee.piece.regle, 0),
        )
        for demandee in demandees
    )


def pieces_manquantes(etats: Iterable[EtatPiece]) -> tuple[Manque, ...]:
    """Sentences on the documents that are required and not there."""
    return tuple(Manque(SECTION_PIECES, _phrase_de_piece(etat)) for etat in etats if not etat.complete)


def grappe_manquante(controles: Iterable[Controle], trouve: Guichet, projet: Projet) -> tuple[Manque, ...]:
    """What the engine blocks or cannot tell; the window (C) stops the filing, the rest is the grappe's.

    The counter is said once, by its own explanation, and so is a software to be named, with the rules that
    wait for it; a rule that the ARS may lift does not stop the filing.
    """
    en_attente: list[str] = []
    manques: list[Manque] = []
    for c in controles:
        if c.verdict not in (Verdict.BLOQUANT, Verdict.A_COMPLETER):
            continue
        if not projet.solution.choisie and c.regle in REGLES_DE_LA_SOLUTION:
            en_attente.append(c.regle)
        elif c.regle not in REGLES_LEVABLES and not c.regle.startswith("G"):
            section = SECTION_DEPOT if c.regle.startswith("C") else SECTION_GRAPPE
            manques.append(Manque(section, _citee(c.explication, c.regle)))
    if not trouve.deposable:
        manques.append(Manque(SECTION_GRAPPE, _citee(trouve.explication, trouve.regle)))
    if not projet.solution.nom:
        manques.append(Manque(SECTION_GRAPPE, _solution_a_nommer(en_attente)))
    return tuple(manques)


def _citee(explication: str, regle: str) -> str:
    return f"{explication.removesuffix('.')} (règle {regle})."


def _solution_a_nommer(regles: Iterable[str]) -> str:
    """One sentence for all the rules that wait for the software, in their order."""
    attendent = list(dict.fromkeys(regles)) or ["E12"]
    citees = f"règle{'s' if len(attendent) > 1 else ''} {et(attendent)}"
    return f"La solution DUI n’est pas nommée\u00a0: la convention la cite ({citees})."


def _phrase_de_piece(etat: EtatPiece) -> str:
    piece, manque = etat.demandee.piece, etat.minimum - etat.nombre
    debut = f"{piece.regle} – {piece.libelle}\u00a0: "
    if etat.nombre == 0 and etat.perimes:
        return f"{debut}la saisie a changé depuis que ce document a été produit, il est à régénérer."
    if etat.nombre == 0 and etat.minimum == 1:
        return f"{debut}pièce absente. {etat.demandee.explication}"
    pluriel = "s" if manque > 1 else ""
    return f"{debut}{manque} fichier{pluriel} à ajouter, {etat.minimum} attendus. {etat.demandee.explication}"
