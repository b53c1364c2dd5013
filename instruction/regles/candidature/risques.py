"""Section « Risques » (OCC §6.3): each risk scored, its measure and its owner, the worst first. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .contexte import Contexte
from .lecture import entier, lignes, texte
from .phrases import cite, enumerer, source_de

COTES = range(1, 5)
NIVEAUX = ((12, "critique"), (8, "élevée"), (4, "modérée"), (1, "faible"))
"""Lowest criticality (gravity × likelihood, 1 to 16) of each level."""


@dataclass(frozen=True, slots=True)
class Risque:
    """One line of the analysis; `rang` is its place as typed, from 1. Scores go from 1 to 4."""

    rang: int
    risque: str
    famille: str
    gravite: int | None
    vraisemblance: int | None
    mesure: str
    responsable: str

    @property
    def criticite(self) -> int | None:
        """Gravity × likelihood, 1 to 16; None while one is missing."""
        return self.gravite * self.vraisemblance if self.gravite and self.vraisemblance else None

    @property
    def niveau(self) -> str:
        """The criticality in a word; empty while it is unknown."""
        criticite = self.criticite
        return "" if criticite is None else next(mot for bas, mot in NIVEAUX if criticite >= bas)

    @property
    def absents(self) -> list[str]:
        """What is not given yet, in words."""
        attendus = {
            "l’énoncé": self.risque,
            "la famille": self.famille,
            "la gravité": self.gravite,
            "la vraisemblance": self.vraisemblance,
            "la mesure corrective": self.mesure,
            "le responsable": self.responsable,
        }
        return [mot for mot, valeur in attendus.items() if not valeur]


def lire(contenu: Mapping[str, Any]) -> tuple[Risque, ...]:
    """The risks, in the order they were typed."""
    return tuple(
        Risque(
            rang,
            texte(ligne, "risque"),
            texte(ligne, "famille"),
            _cote(ligne, "gravite"),
            _cote(ligne, "vraisemblance"),
            texte(ligne, "mesure"),
            texte(ligne, "responsable"),
        )
        for rang, ligne in enumerate(lignes(contenu, "risques"), start=1)
    )


def classer(risques: Sequence[Risque]) -> tuple[Risque, ...]:
    """The worst first: criticality, then gravity, then the order typed; what is not scored comes last."""
    return tuple(sorted(risques, key=lambda r: (-(r.criticite or 0), -(r.gravite or 0), r.rang)))


def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What is missing: fewer risks than the edition asks for, lines not finished."""
    minimum = contexte.edition.sections.risques.minimum
    return tuple(_phrases(lire(contenu), minimum, source_de(contexte.edition, "risques")))


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """The families that the AAP names and that no risk is about."""
    trouves = lire(contenu)
    presentes = {risque.famille for risque in trouves}
    familles = contexte.edition.sections.risques.familles
    absentes = [f.libelle for f in familles if f.cle not in presentes and f.cle != "autre"]
    if not absentes or not trouves:
        return ()
    noms = enumerer([cite(mot) for mot in absentes])
    citation = source_de(contexte.edition, "risques")
    return (f"Aucun risque de la famille {noms}\u00a0: l’appel à projets en parle {citation}.",)


def _cote(ligne: Mapping[str, Any], cle: str) -> int | None:
    valeur = entier(ligne, cle)
    return valeur if valeur in COTES else None


def _phrases(risques: Sequence[Risque], minimum: int, citation: str) -> Iterator[str]:
    if len(risques) < minimum:
        pluriel = "s" if minimum > 1 else ""
        decrits = _decompte(len(risques))
        yield f"L’analyse compte {minimum} risque{pluriel} au moins {citation}\u00a0: {decrits}."
    for risque in risques:
        if risque.absents:
            nom = f" ({cite(risque.risque)})" if risque.risque else ""
            verbe = "manquent" if len(risque.absents) > 1 else "manque"
            yield f"Risque n°\u00a0{risque.rang}{nom}\u00a0: {enumerer(risque.absents)} {verbe}."


def _decompte(nombre: int) -> str:
    if nombre == 0:
        return "aucun n’est décrit"
    return "un seul est décrit" if nombre == 1 else f"{nombre} seulement sont décrits"
