"""Rank of each ESSMS in its project and share of its hours: what the tiers and the prorata are applied to."""

from dataclasses import dataclass
from fractions import Fraction

from esms.aap import Edition
from grappes.regles import Essms, Projet, regle

from .ligne import UN

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class EssmsRange:
    """An ESSMS at its place; `taux` is what F6 multiplies F1, F2 and F3 by."""

    essms: Essms
    rang: int
    taux: Fraction


@regle("F6")
def taux(essms: Essms, edition: Edition) -> Fraction:
    """Exact share of the hours that the AAP funds: 1 outside home help, or when the ARS alone may reduce it.

    A home-help service whose hours are unknown has 0: nothing is invented for it.
    """
    if not essms.saad or edition.financement.prorata.mode == "faculte":
        return UN
    return ZERO if essms.heures is None else essms.heures.taux


def ranger(projet: Projet, edition: Edition) -> tuple[EssmsRange, ...]:
    """ESSMS in the order of the ranks: acquisitions, then decreasing share, then increasing FINESS ET."""
    places = sorted(
        ((essms, taux(essms, edition)) for essms in projet.essms),
        key=lambda place: (place[0].operation != "acquisition", -place[1], place[0].finess_et),
    )
    decompte = {"projet": _un_decompte, "situation": _un_decompte_par_operation}
    return decompte[edition.financement.seuil_volume.portee](places)


def _un_decompte(places: list[tuple[Essms, Fraction]]) -> tuple[EssmsRange, ...]:
    return tuple(EssmsRange(essms, rang, part) for rang, (essms, part) in enumerate(places, start=1))


def _un_decompte_par_operation(places: list[tuple[Essms, Fraction]]) -> tuple[EssmsRange, ...]:
    acquisitions = [place for place in places if place[0].operation == "acquisition"]
    conformites = [place for place in places if place[0].operation != "acquisition"]
    return _un_decompte(acquisitions) + _un_decompte(conformites)
