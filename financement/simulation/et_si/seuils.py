"""What changes at the next threshold: it comes from the edition, its effect from the engine played again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from esms.aap import Edition, Regle
from financement.bareme import calculer
from financement.bareme.ligne import euros
from financement.simulation.resultat import Resultat
from grappes.regles import Organisme, Projet, guichet
from grappes.regles.grappe import controler_le_minimum
from grappes.regles.petits import est_petit, seuil
from grappes.regles.phrases import compte, essms

from .hypotheses import ajouter

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
    """The next tier: what one more ESSMS brings before it, and from it on."""
    projet, edition = resultat.projet, resultat.edition
    avant = ajouter(projet, 1, edition)
    operation = next(ligne.operation for ligne in avant.essms if ligne.finess_et.startswith("~"))
    nombre = _decompte(projet, operation, edition)
    suivants = [
        (rang, regle) for rang, regle in _rangs_de_palier(projet, operation, edition) if rang > nombre
    ]
    if not suivants:
        return
    rang, regles = min(suivants, key=lambda suivant: (suivant[0], suivant[1].regle))
    ecart = rang - nombre
    juste_avant = calculer(ajouter(projet, ecart - 1, edition), edition).total
    au_seuil = calculer(ajouter(projet, ecart, edition), edition).total
    aujourd_hui = calculer(avant, edition).total - resultat.financement.total
    if au_seuil - juste_avant == aujourd_hui:  # the last rank weighs nothing: a service whose hours are 0
        return
    yield Seuil(
        regles.regle,
        regles.article,
        "projet",
        rang,
        ecart,
        au_seuil,
        f"À partir du rang {rang}, {essms(ecart)} de plus, un ESSMS ajouté apporte "
        f"{euros(au_seuil - juste_avant)} "
        f"au lieu de {euros(aujourd_hui)}\u202f; la subvention est alors de {euros(au_seuil)}.",
    )


def _rangs_de_palier(projet: Projet, operation: str, edition: Edition) -> Iterator[tuple[int, Regle]]:
    """First rank of each tier that an ESSMS of this operation meets, and the rule of the tier."""
    regles = edition.financement
    if operation != "acquisition":
        yield from ((palier.du_rang, regles.usages_conformite) for palier in regles.usages_conformite.paliers)
        return
    yield from ((palier.du_rang, regles.usages_acquisition) for palier in regles.usages_acquisition.paliers)
    logiciel = regles.equipement_logiciel.paliers_pour(referencee=projet.solution.referencee_segur)
    yield from ((palier.du_rang, regles.equipement_logiciel) for palier in logiciel)


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
