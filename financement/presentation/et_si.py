"""What each ESSMS brings, fifty at a time, the one that brings most first."""

from dataclasses import dataclass

from django.core.paginator import Page

from financement.etude import Etude
from financement.presentation.pages import paginer
from financement.simulation.et_si import Marginal, marginaux


@dataclass(frozen=True, slots=True)
class MarginalNomme:
    """What one ESSMS brings, and its name."""

    marginal: Marginal
    nom: str


def page_de_marginaux(etude: Etude, numero: str | None) -> Page:
    """One page, by decreasing amount then number."""
    tries = sorted(marginaux(etude.resultat), key=lambda m: (-m.euros, m.finess_et))
    return paginer(tries, numero, lambda page: [MarginalNomme(m, etude.nom(m.finess_et)) for m in page])
