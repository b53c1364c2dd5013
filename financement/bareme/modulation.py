"""Modulation by the ARS (F9): a signed and motivated line that cites its article."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from esms.aap import CATALOGUE, Edition
from esms.socle.montants import arrondi
from grappes.regles import regle

from .calcul import totaliser
from .ligne import UN, ZERO, Financement, Ligne, euros


class ModulationRefusee(ValueError):
    """The modulation cannot be made; the message says why, in French."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modulation:
    """What an agent takes off a line (`cible`, `portee`): an amount in EUR, or the share kept (`taux`).

    `motif` is a key of the edition, `explication` the agent's own words, `par` who signs.
    """

    cible: str
    portee: str
    motif: str
    explication: str
    par: str
    montant: Decimal | None = None
    taux: Fraction | None = None


@regle("F9")
def moduler(financement: Financement, modulation: Modulation, edition: Edition) -> Financement:
    """Add the negative line of a modulation, never more than what its line still holds.

    Raises ModulationRefusee when it is not signed, not motivated, without effect, or aims at no line.
    """
    article = _verifier(modulation, edition)
    visees = [
        ligne
        for ligne in financement.lignes
        if ligne.regle == modulation.cible and ligne.portee == modulation.portee
    ]
    if not visees:
        raise ModulationRefusee(f"Aucune ligne {modulation.cible} ne porte sur {modulation.portee}.")
    reste = visees[0].montant + _deja_retire(financement, modulation)
    retrait = min(_retrait(modulation, visees[0].montant), reste)
    if not retrait:
        raise ModulationRefusee("La modulation ne retire rien.")
    ligne = Ligne(
        edition.financement.modulation.regle,
        article,
        modulation.portee,
        None,
        f"{CATALOGUE['F9']}\u00a0: {modulation.cible}",
        -retrait,
        UN,
        None,
        -retrait,
        f"{euros(retrait)} de moins sur {modulation.cible} (art. {article})\u00a0: "
        f"{modulation.explication.strip()} "
        f"Par {modulation.par.strip()}.",
    )
    return totaliser((*financement.lignes, ligne), edition, financement.ecartees)


def _verifier(modulation: Modulation, edition: Edition) -> str:
    """Article of the reason, once the modulation is found signed, motivated, and a single way of reducing."""
    articles = {motif.cle: motif.article for motif in edition.financement.modulation.motifs}
    if modulation.motif not in articles:
        raise ModulationRefusee(f"Motif inconnu. Motifs admis\u00a0: {', '.join(articles)}.")
    if not modulation.explication.strip():
        raise ModulationRefusee("Une modulation est motivée.")
    if not modulation.par.strip():
        raise ModulationRefusee("Une modulation est signée d’un agent.")
    if (modulation.montant is None) == (modulation.taux is None):
        raise ModulationRefusee("Donnez un montant à retirer ou le taux conservé, l’un ou l’autre.")
    if modulation.montant is not None and modulation.montant < 0:
        raise ModulationRefusee("Le montant retiré ne peut pas être négatif.")
    if modulation.taux is not None and not 0 <= modulation.taux <= 1:
        raise ModulationRefusee("Le taux conservé est compris entre 0 et 1.")
    return articles[modulation.motif]


def _retrait(modulation: Modulation, montant: Decimal) -> Decimal:
    if modulation.montant is not None:
        return arrondi(modulation.montant)
    return montant - arrondi(Fraction(montant) * (modulation.taux or Fraction(0)))


def _deja_retire(financement: Financement, modulation: Modulation) -> Decimal:
    """Sum, negative, of the modulations already made on the same line."""
    libelle = f"{CATALOGUE['F9']}\u00a0: {modulation.cible}"
    return sum(
        (
            ligne.montant
            for ligne in financement.lignes
            if ligne.regle == "F9" and ligne.portee == modulation.portee and ligne.libelle == libelle
        ),
        ZERO,
    )
