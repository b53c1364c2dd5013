"""Usages (F1, F2) and software (F3): amounts by rank."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from esms.aap import CATALOGUE, Edition, Regle
from esms.aap.financement import Palier, montant_au_rang, palier_au_rang
from grappes.regles import PROJET, Projet, regle
from grappes.regles.logiciel import dispense_de_referencement
from grappes.regles.phrases import compte

from .ligne import UN, Ligne, appliquer, euros
from .rangs import EssmsRange
from .taxes import devis_retenu, regime


@regle("F1")
def usages_acquisition(ranges: tuple[EssmsRange, ...], edition: Edition) -> Iterator[Ligne]:
    """One line per acquisition, by rank and share of hours."""
    regles = edition.financement.usages_acquisition
    return _par_essms(ranges, edition, regles, regles.paliers, "acquisition")


@regle("F2")
def usages_conformite(ranges: tuple[EssmsRange, ...], edition: Edition) -> Iterator[Ligne]:
    """One line per mise en conformité, by rank and share of hours."""
    regles = edition.financement.usages_conformite
    return _par_essms(ranges, edition, regles, regles.paliers, "mise_en_conformite")


@regle("F3")
def equipement_logiciel(ranges: tuple[EssmsRange, ...], projet: Projet, edition: Edition) -> Iterator[Ligne]:
    """Software of the acquisitions, in the form that the edition chose; hypothetical until it is named."""
    lignes = _FORMES[edition.financement.equipement_logiciel.forme](ranges, projet, edition)
    reserve = _reserve(projet, edition)
    return (replace(ligne, reserve=reserve) for ligne in lignes) if reserve else lignes


def _reserve(projet: Projet, edition: Edition) -> str:
    """What the amount supposes of the software as long as nobody has named it."""
    if projet.solution.nom:
        return ""
    if not projet.solution.referencee_segur:
        return "pour une solution non référencée Ségur, à nommer"
    if dispense_de_referencement(projet, edition.eligibilite.referencement):
        return "sous réserve de la solution retenue"
    return "sous réserve d’une solution référencée Ségur"


def _forfait_par_essms(ranges: tuple[EssmsRange, ...], projet: Projet, edition: Edition) -> Iterator[Ligne]:
    regles = edition.financement.equipement_logiciel
    paliers = regles.paliers_pour(referencee=projet.solution.referencee_segur)
    return _par_essms(ranges, edition, regles, paliers, "acquisition")


def _plafonds_cumules(ranges: tuple[EssmsRange, ...], projet: Projet, edition: Edition) -> Iterator[Ligne]:
    """Caps added up over the acquisitions, then limited by the publisher's quote when there is one."""
    regles = edition.financement.equipement_logiciel
    base, nombre = plafond_cumule(ranges, projet, edition)
    devis = devis_retenu(projet.solution.devis_ht, projet.solution.devis_ttc, projet)
    montant = base if devis is None else min(base, devis)
    editeur = "référencé" if projet.solution.referencee_segur else "non référencé"
    acquisitions = compte(nombre, "acquisition", "acquisitions")
    paliers = Counter(
        palier_au_rang(regles.paliers_pour(referencee=projet.solution.referencee_segur), place.rang)
        for place in ranges
        if place.essms.operation == "acquisition"
    )
    explication = f"{acquisitions}{_dont_au_dela(paliers)}, éditeur {editeur} Ségur\u00a0: "
    explication += f"plafonds cumulés {euros(base)}"
    explication += ", sans devis." if devis is None else f", devis {regime(projet)} {euros(devis)}."
    article = ", ".join(sorted({palier.article or regles.article for palier in paliers} or {regles.article}))
    yield Ligne(regles.regle, article, PROJET, None, CATALOGUE["F3"], base, UN, devis, montant, explication)


def _dont_au_dela(paliers: Mapping[Palier, int]) -> str:
    """« , dont 11 au palier du rang 50 » for each tier after the first; empty when all are in the first."""
    suivants = sorted((palier.du_rang, nombre) for palier, nombre in paliers.items() if palier.du_rang > 1)
    return "".join(f", dont {nombre} au palier du rang {rang}" for rang, nombre in suivants)


def plafond_cumule(ranges: tuple[EssmsRange, ...], projet: Projet, edition: Edition) -> tuple[Decimal, int]:
    """Sum of the caps of the acquisitions, and how many there are."""
    regles = edition.financement.equipement_logiciel
    paliers = regles.paliers_pour(referencee=projet.solution.referencee_segur)
    parts = [
        appliquer(montant_au_rang(paliers, place.rang), taux_de_la_regle(place, regles.regle, edition))
        for place in ranges
        if place.essms.operation == "acquisition"
    ]
    return sum(parts, Decimal(0)), len(parts)


_FORMES = {"forfait_par_essms": _forfait_par_essms, "plafonds_cumules": _plafonds_cumules}


def taux_de_la_regle(place: EssmsRange, nom: str, edition: Edition) -> Fraction:
    """Share of hours that a rule applies to this ESSMS."""
    return place.taux if nom in edition.financement.prorata.lignes else UN


def _par_essms(
    ranges: tuple[EssmsRange, ...],
    edition: Edition,
    regles: Regle,
    paliers: tuple[Palier, ...],
    operation: str,
) -> Iterator[Ligne]:
    nom, article, libelle = regles.regle, regles.article, CATALOGUE[regles.regle]
    for place in ranges:
        if place.essms.operation != operation:
            continue
        palier, part = palier_au_rang(paliers, place.rang), taux_de_la_regle(place, nom, edition)
        base, montant = palier.montant, appliquer(palier.montant, part)
        ou = f", palier du rang {palier.du_rang}" if palier.du_rang > 1 else ""
        explication = f"Rang {place.rang}{ou}\u00a0: {euros(base)}"
        if part != 1:
            explication += f" × {part} des heures = {euros(montant)}"
        yield Ligne(
            nom,
            palier.article or article,
            place.essms.finess_et,
            place.rang,
            libelle,
            base,
            part,
            None,
            montant,
            f"{explication}.",
        )
