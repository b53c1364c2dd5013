"""What if: what each ESSMS brings, what the next threshold changes, what would unblock. Pure."""

from dataclasses import dataclass

from financement.simulation.resultat import Resultat

from .deblocage import Deblocage, debloquer
from .gestes import Geste
from .marginaux import Marginal, marginaux
from .seuils import Seuil, seuils

__all__ = [
    "Deblocage",
    "EtSi",
    "Geste",
    "Marginal",
    "Seuil",
    "debloquer",
    "et_si",
    "marginaux",
    "seuils",
]


@dataclass(frozen=True, slots=True)
class EtSi:
    """The three questions answered together; `deblocage` is None when nothing blocks."""

    marginaux: tuple[Marginal, ...]
    seuils: tuple[Seuil, ...]
    deblocage: Deblocage | None


def et_si(resultat: Resultat) -> EtSi:
    """Answer the three questions about a simulation."""
    return EtSi(marginaux(resultat), seuils(resultat), debloquer(resultat))
