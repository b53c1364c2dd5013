"""Usage targets (U1–U7): the rate of a measure, exact, and whether it opens the balance."""

from dataclasses import dataclass
from fractions import Fraction

from esms.aap.cibles import Indicateur
from grappes.regles import regle
from grappes.regles.phrases import compte


class MesureInvalide(ValueError):
    """The counts make no sense; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Mesure:
    """One indicator measured. `taux`: exact percentage, None for a count. `atteinte`: None without target."""

    regle: str
    article: str
    taux: Fraction | None
    atteinte: bool | None
    explication: str


@regle("U1", "U2", "U3", "U4", "U5", "U6", "U7")
def mesurer(indicateur: Indicateur, *, numerateur: int, denominateur: int = 0, retranches: int = 0) -> Mesure:
    """Rate numerateur / (denominateur − retranches) × 100 against the target.

    `retranches`: people who cannot benefit from the service (aménagement). Raises MesureInvalide on a
    negative count, or when more people are taken off than there are.
    """
    if min(numerateur, denominateur, retranches) < 0:
        raise MesureInvalide("Un effectif ne peut pas être négatif.")
    if retranches > denominateur:
        raise MesureInvalide(
            f"On ne peut pas retrancher {retranches} personnes d’un effectif de {denominateur}."
        )
    if not indicateur.denominateur:
        explication = f"{compte(numerateur, indicateur.numerateur)}, sans cible imposée."
        return Mesure(indicateur.regle, indicateur.article, None, None, explication)
    return _taux(indicateur, numerateur, denominateur - retranches)


def _taux(indicateur: Indicateur, numerateur: int, effectif: int) -> Mesure:
    """Nobody to count for: the target asks for nothing and is met."""
    taux = Fraction(100 * numerateur, effectif) if effectif else None
    atteinte = None if indicateur.cible is None else taux is None or taux >= indicateur.cible
    mesure = (
        "aucune personne à compter"
        if taux is None
        else f"{numerateur} sur {effectif}, soit {_pourcent(taux)}"
    )
    suite = (
        ""
        if atteinte is None
        else f", cible {indicateur.cible}\u00a0%\u00a0: {'atteinte' if atteinte else 'non atteinte'}"
    )
    return Mesure(
        indicateur.regle, indicateur.article, taux, atteinte, f"{mesure[0].upper()}{mesure[1:]}{suite}."
    )


def _pourcent(taux: Fraction) -> str:
    """Percentage cut, not rounded, to two decimals: 69.999 must not read as 70."""
    entier, centiemes = divmod(int(taux * 100), 100)
    return f"{entier},{centiemes:02d}\u00a0%"
