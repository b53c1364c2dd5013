"""Section « Planning » (P2): four milestones in order, extra steps, durations that are landmarks. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from esms.aap import Edition
from esms.aap.pieces import Jalon
from esms.socle.citations import articles
from grappes.regles import regle

from .contexte import Contexte
from .lecture import jour, lignes, table, texte
from .phrases import cite, le, source_de

JALONS_USUELS = (
    Jalon(cle="demarrage", libelle="Démarrage du projet"),
    Jalon(cle="va", libelle="Vérification d’aptitude (VA)"),
    Jalon(cle="vsr", libelle="Vérification de service régulier (VSR)"),
    Jalon(cle="cibles", libelle="Atteinte des cibles d’usage"),
)
"""Milestones where the AAP has no P2 and the section is only advised."""


@dataclass(frozen=True, slots=True)
class Etape:
    """A step of the project, from one day to another, both included; `rang` is its place as typed, from 1."""

    rang: int
    libelle: str
    debut: date | None
    fin: date | None


@dataclass(frozen=True, slots=True)
class Planning:
    """Milestones (with their day, if any) in the order of the edition, and extra steps as they were typed."""

    jalons: tuple[tuple[Jalon, date | None], ...]
    etapes: tuple[Etape, ...]

    @property
    def bornes(self) -> tuple[date, date] | None:
        """First and last day of all that is dated; None when nothing is."""
        jours = [jour for _, jour in self.jalons if jour is not None]
        jours += [jour for etape in self.etapes for jour in (etape.debut, etape.fin) if jour is not None]
        return (min(jours), max(jours)) if jours else None


@dataclass(frozen=True, slots=True)
class Repere:
    """A usual duration: `mois` from the start, that is to say until `le`."""

    mois: int
    le: date
    article: str


def jalons(edition: Edition) -> tuple[Jalon, ...]:
    """The milestones of the edition (P2), or the usual ones."""
    piece = edition.piece("P2")
    return piece.jalons if piece and piece.jalons else JALONS_USUELS


def lire(contenu: Mapping[str, Any], edition: Edition) -> Planning:
    """What was typed; days that are not given are None."""
    dates = table(contenu, "jalons")
    etapes = tuple(
        Etape(rang, texte(ligne, "libelle"), jour(ligne, "debut"), jour(ligne, "fin"))
        for rang, ligne in enumerate(lignes(contenu, "etapes"), start=1)
    )
    return Planning(tuple((jalon, jour(dates, jalon.cle)) for jalon in jalons(edition)), etapes)


def repere(planning: Planning, contexte: Contexte) -> Repere | None:
    """The usual end (9 or 18 months); None without a start. One acquisition is enough for 18 months."""
    depart = next((jour for _, jour in planning.jalons), None)
    if depart is None:
        return None
    duree = contexte.edition.cibles.repere
    acquisition = contexte.projet.acquisitions > 0
    mois = duree.mois_acquisition if acquisition else duree.mois_mise_en_conformite
    return Repere(mois, plus_mois(depart, mois), duree.article)


def plus_mois(depart: date, mois: int) -> date:
    """`mois` months later, the last day of the month when it is shorter; never past the calendar."""
    annee, rang = divmod(depart.month - 1 + mois, 12)
    if depart.year + annee > date.max.year:
        return date.max
    dernier = monthrange(depart.year + annee, rang + 1)[1]
    return date(depart.year + annee, rang + 1, min(depart.day, dernier))


@regle("P2")
def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What is missing or out of order."""
    regle_p2 = "P2" if contexte.edition.piece("P2") else ""
    citation = source_de(contexte.edition, "planning", regle_p2)
    return tuple(_phrases(lire(contenu, contexte.edition), citation))


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """The landmark that is passed."""
    return tuple(_du_repere(lire(contenu, contexte.edition), contexte))


def _du_repere(planning: Planning, contexte: Contexte) -> Iterator[str]:
    trouve, fin = repere(planning, contexte), planning.jalons[-1][1]
    if trouve is not None and fin is not None and fin > trouve.le:
        yield (
            f"Le projet dure plus de {trouve.mois} mois\u00a0: selon le repère de l’appel à projets "
            f"({articles(trouve.article)}), il finirait au plus tard le {le(trouve.le)}. Sans effet de droit."
        )


def _phrases(planning: Planning, citation: str) -> Iterator[str]:
    for jalon, prevu in planning.jalons:
        if prevu is None:
            yield f"La date du jalon {cite(jalon.libelle)} n’est pas renseignée {citation}."
    dates = [(jalon, prevu) for jalon, prevu in planning.jalons if prevu is not None]
    for (avant, jour_avant), (apres, jour_apres) in pairwise(dates):
        if jour_apres < jour_avant:
            yield (
                f"{cite(apres.libelle)} ({le(jour_apres)}) vient avant {cite(avant.libelle)} "
                f"({le(jour_avant)})\u00a0: les jalons se suivent {citation}."
            )
    for etape in planning.etapes:
        yield from _de_l_etape(etape)


def _de_l_etape(etape: Etape) -> Iterator[str]:
    nom = f"Étape n°\u00a0{etape.rang}{f' ({cite(etape.libelle)})' if etape.libelle else ''}"
    if not etape.libelle:
        yield f"{nom}\u00a0: son nom manque."
    if etape.debut is None or etape.fin is None:
        yield f"{nom}\u00a0: ses dates de début et de fin sont attendues."
    elif etape.fin < etape.debut:
        yield f"{nom}\u00a0: elle finit ({le(etape.fin)}) avant de commencer ({le(etape.debut)})."
