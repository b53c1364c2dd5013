"""The answer of a rule: a verdict and one French sentence with its figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from esms.aap import RANG_DES_REGLES, Regle

PROJET = "projet"


class Verdict(StrEnum):
    """What an automatic check says; an instructor confirms it or reverses it."""

    CONFORME = "conforme"
    ALERTE = "alerte"
    BLOQUANT = "bloquant"
    A_COMPLETER = "a_completer"
    SANS_OBJET = "sans_objet"


_GRAVITE = {
    Verdict.SANS_OBJET: 0,
    Verdict.CONFORME: 1,
    Verdict.ALERTE: 2,
    Verdict.A_COMPLETER: 3,
    Verdict.BLOQUANT: 4,
}


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: rule, article of the AAP, what it bears on (« projet » or a FINESS ET), verdict, why."""

    regle: str
    article: str
    portee: str
    verdict: Verdict
    explication: str


def juger(
    regle: Regle, verdict: Verdict, explication: str, *, portee: str = PROJET, article: str = ""
) -> Controle:
    """Check made by a parameter of the edition; it quotes its article unless a finer one is given."""
    return Controle(regle.regle, article or regle.article, portee, verdict, explication)


def ou_projet(controles: Iterable[Controle], defaut: Controle) -> Iterator[Controle]:
    """The remarks made on ESSMS one by one or, when there is none, one line for the whole project.

    5,000 ESSMS without remark are one line to read, not 5,000.
    """
    aucun = True
    for controle in controles:
        aucun = False
        yield controle
    if aucun:
        yield defaut


def ordonner(controles: Iterable[Controle]) -> tuple[Controle, ...]:
    """By rule (C, E, G; numeric order), then by what they bear on."""
    return tuple(sorted(controles, key=lambda c: (RANG_DES_REGLES[c.regle], c.portee, c.explication)))


def pire_verdict(controles: Iterable[Controle]) -> Verdict:
    """The worst verdict: bloquant, à compléter, alerte, conforme; a check without object says nothing."""
    pire = max(
        (controle.verdict for controle in controles), key=_GRAVITE.__getitem__, default=Verdict.CONFORME
    )
    return Verdict.CONFORME if pire is Verdict.SANS_OBJET else pire
