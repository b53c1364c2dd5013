"""What changes at the next threshold: it comes from the edition, its effect from the engine played again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from esms.aap import Edition, Regle
from esms.aap.financement import Palier, montant_au_rang
from financement.bareme import calculer
from financement.bareme.ligne import ZERO, euros
from financement.simulation.resultat import Resultat
from grappes.regles import Organisme, Projet, guichet
from grappes.regles.grappe import controler_le_minimum
from grappes.regles.petits import est_petit, seuil
from grappes.regles.phrases import compte, essms

from .hypotheses import ajouter, operation_principale

ORGANISMES_MONTRES = 5
"""Organisations nearest to their threshold that are looked at: each one plays the scale again."""


@dataclass(frozen=True, slots=True)
class Seuil:
    """A threshold not yet reached: its value, what is missing to reach it, the total then, in EUR."""

    regle: str
    article: str
    portee: str
    nombre: int
    ecart: int
    total: Decimal
    explication: str


def seuils(resultat: Resultat) -> tuple[Seuil, ...]:
    """Thresholds ahead, nearest first."""
    trouves = [
        *_minimum(resultat),
        *_niveau(resultat),
        *_paliers(resultat),
        *_petits_organismes(resultat),
    ]
    return tuple(sorted(trouves, key=lambda trouve: (trouve.ecart, trouve.regle, trouve.portee)))


def _minimum(resultat: Resultat) -> Iterator[Seuil]:
    projet, edition = resultat.projet, resultat.edition
    regles = edition.eligibilite.minimum
    ecart = regles.minimum - len(projet.essms)
    if ecart > 0:
        avec = ajouter(projet, ecart, edition)
        verdict = next(controler_le_minimum(avec, edition)).verdict.value
        total = calculer(avec, edition).total
        yield Seuil(
            regles.regle,
            regles.article,
            "projet",
            regles.minimum,
            ecart,
            total,
            f"Avec {essms(ecart)} de plus, soit {regles.minimum}, le minimum est atteint (E3 {verdict}) "
            f"et la subvention va à {euros(total)}.",
        )


def _niveau(resultat: Resultat) -> Iterator[Seuil]:
    projet, edition = resultat.projet, resultat.edition
    regles = edition.guichet.regional
    ecart = regles.moins_de - len(projet.essms)
    if ecart <= 0:
        return
    avec = ajouter(projet, ecart, edition)
    trouve = guichet(avec, edition)
    if trouve.niveau != resultat.guichet.niveau:
        total = calculer(avec, edition).total
        deposable = "s’y dépose encore" if trouve.deposable else "ne se dépose plus sur cet appel à projets"
        yield Seuil(
            trouve.regle,
            trouve.article,
            "projet",
            regles.moins_de,
            ecart,
            total,
            f"À {essms(regles.moins_de)}, {ecart} de plus, le projet change de guichet et {deposable}\u00a0: "
            f"{trouve.explication}",
        )


def _paliers(resultat: Resultat) -> Iterator[Seuil]:
    """The next tier: what the scale gives per ESSMS before it and from it on, and the total once there."""
    projet, edition = resultat.projet, resultat.edition
    operation = operation_principale(projet)
    nombre = _decompte(projet, operation, edition)
    bareme = _bareme(projet, operation, edition)
    suivants = [
        (palier.du_rang, regle.regle, palier.article or regle.article)
        for regle, paliers in bareme
        for palier in paliers
        if palier.du_rang > nombre and palier.du_rang > 1
    ]
    if not suivants:
        return
    rang, regle, article = min(suivants)
    avant, apres = (
        sum((montant_au_rang(paliers, place) for _, paliers in bareme), ZERO) for place in (rang - 1, rang)
    )
    ecart = rang - nombre
    total = calculer(ajouter(projet, ecart, edition), edition).total
    noms = " et ".join(regle.regle for regle, _ in bareme)
    yield Seuil(
        regle,
        article,
        "projet",
        rang,
        ecart,
        total,
        f"À partir du rang {rang}, {essms(ecart)} de plus, le barème passe de {euros(avant)} à "
        f"{euros(apres)} "
        f"par ESSMS ({noms})\u202f; la subvention est alors de {euros(total)}.",
    )


def _bareme(projet: Projet, operation: str, edition: Edition) -> list[tuple[Regle, tuple[Palier, ...]]]:
    """Rules and tiers that an ESSMS of this operation meets."""
    regles = edition.financement
    if operation != "acquisition":
        return [(regles.usages_conformite, regles.usages_conformite.paliers)]
    logiciel = regles.equipement_logiciel
    return [
        (regles.usages_acquisition, regles.usages_acquisition.paliers),
        (logiciel, logiciel.paliers_pour(referencee=projet.solution.referencee_segur)),
    ]


def _decompte(projet: Projet, operation: str, edition: Edition) -> int:
    """How many ranks are taken, in the count that a new ESSMS would enter."""
    if edition.financement.seuil_volume.portee == "projet":
        return len(projet.essms)
    return sum(1 for ligne in projet.essms if ligne.operation == operation)


def _petits_organismes(resultat: Resultat) -> Iterator[Seuil]:
    edition = resultat.edition
    regles = edition.financement.petits_organismes
    for organisme, limite in _petits_proches(resultat):
        total = calculer(_avec_taille(resultat.projet, organisme, limite), edition).total
        perte = resultat.financement.total - total
        if perte:
            geres = organisme.essms_geres or 0
            yield Seuil(
                regles.regle,
                regles.article,
                organisme.finess_ej,
                limite,
                limite - geres,
                total,
                f"{organisme.finess_ej} gère {essms(geres)}\u00a0: à {limite}, "
                f"{compte(limite - geres, 'de plus')}, il n’est "
                f"plus petit et la subvention perd {euros(perte)}.",
            )


def _petits_proches(resultat: Resultat) -> list[tuple[Organisme, int]]:
    projet, edition = resultat.projet, resultat.edition
    petits = [
        (organisme, limite)
        for organisme in projet.gestionnaires
        if est_petit(organisme, edition) and (limite := seuil(organisme, edition)) is not None
    ]
    petits.sort(key=lambda couple: (couple[1] - (couple[0].essms_geres or 0), couple[0].finess_ej))
    return petits[:ORGANISMES_MONTRES]


def _avec_taille(projet: Projet, organisme: Organisme, geres: int) -> Projet:
    autres = (autre for autre in projet.organismes if autre.finess_ej != organisme.finess_ej)
    return replace(projet, organismes=(*autres, replace(organisme, essms_geres=geres)))
