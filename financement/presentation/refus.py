"""What was asked for and is not granted, by rule; a refusal made to many ESSMS is one line that unfolds."""

from dataclasses import dataclass
from itertools import groupby

from esms.aap import CATALOGUE
from financement.bareme import Ecartee
from financement.etude import Etude
from financement.presentation.controles import DEPLIES
from grappes.regles import PROJET


@dataclass(frozen=True, slots=True)
class Refus:
    """One rule that pays nothing for some requests: the first reasons, and how many more there are."""

    regle: str
    titre: str
    article: str
    raisons: tuple[str, ...]
    autres: int


def refus(etude: Etude) -> list[Refus]:
    """Refusals of the scale, in the order of the rules."""
    groupes = groupby(etude.resultat.financement.ecartees, key=lambda e: (e.regle, e.article))
    return [_refus(etude, regle, article, tuple(ecartees)) for (regle, article), ecartees in groupes]


def _refus(etude: Etude, regle: str, article: str, ecartees: tuple[Ecartee, ...]) -> Refus:
    raisons = tuple(_raison(etude, ecartee) for ecartee in ecartees[:DEPLIES])
    return Refus(regle, CATALOGUE[regle], article, raisons, len(ecartees) - len(raisons))


def _raison(etude: Etude, ecartee: Ecartee) -> str:
    if ecartee.portee == PROJET:
        return ecartee.explication
    return f"{etude.nom(ecartee.portee)}\u00a0: {ecartee.explication}"
