"""What a request for the balance must hold (F8, U1 to U7; OCC §4.5.2). Pure: no Django, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from esms.aap.cibles import Indicateur
from financement.bareme.cibles import Mesure, MesureInvalide, mesurer


@dataclass(frozen=True, slots=True)
class Comptage:
    """What was counted for one indicator: None where nothing was typed."""

    numerateur: int | None
    denominateur: int | None
    retranches: int


def indicateurs_du_solde(cibles: Mapping[str, Any], publics: Collection[str]) -> tuple[Indicateur, ...]:
    """Targets that open the balance, but those that the publics of this project are excused from.

    `cibles` is what the frozen plan keeps of the edition: a later rules file changes nothing. An indicator is
    excused when every ESSMS of the project is of a public it does not apply to.
    """
    return tuple(
        indicateur
        for indicateur in map(_relire, cibles["indicateurs"])
        if indicateur.conditionne_le_solde
        and not (publics and set(publics) <= set(indicateur.publics_dispenses))
    )


def evaluer(
    indicateurs: Collection[Indicateur], comptages: Mapping[str, Comptage]
) -> tuple[tuple[Mesure, ...], tuple[str, ...]]:
    """Measures that make sense, and why the balance cannot be asked for: one sentence each."""
    mesures, objections = [], []
    for indicateur in indicateurs:
        comptage = comptages.get(indicateur.regle)
        nom = f"{indicateur.libelle} ({indicateur.regle})"
        if comptage is None or comptage.numerateur is None or comptage.denominateur is None:
            objections.append(f"{nom}\u00a0: donnez les effectifs comptés.")
            continue
        try:
            mesure = mesurer(
                indicateur,
                numerateur=comptage.numerateur,
                denominateur=comptage.denominateur,
                retranches=comptage.retranches,
            )
        except MesureInvalide as invalide:
            objections.append(f"{nom}\u00a0: {invalide}")
            continue
        mesures.append(mesure)
        effectif = comptage.denominateur - comptage.retranches
        if indicateur.compris and comptage.numerateur > effectif:
            objections.append(f"{nom}\u00a0: {comptage.numerateur} sur {effectif}, plus de 100\u00a0%.")
        if mesure.atteinte is False:
            objections.append(f"{nom}\u00a0: {mesure.explication}")
    return tuple(mesures), tuple(objections)


def _relire(fige: Mapping[str, Any]) -> Indicateur:
    """The target as it was frozen: exact numbers were kept as text, tuples as lists."""
    connus = {champ.name for champ in fields(Indicateur)}
    valeurs = {nom: valeur for nom, valeur in fige.items() if nom in connus}
    valeurs["publics_dispenses"] = tuple(valeurs.get("publics_dispenses", ()))
    if valeurs.get("cible") is not None:
        valeurs["cible"] = Decimal(valeurs["cible"])
    return Indicateur(**valeurs)
