"""What each ESSMS brings: total with it minus total without it, effects on all the others included."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from esms.aap import Edition
from esms.aap.financement import Palier, montant_au_rang
from financement.bareme.ligne import ZERO, appliquer, euros
from financement.bareme.organismes import Composition, montant_d_amoa
from financement.bareme.rangs import EssmsRange, ranger
from financement.bareme.taxes import devis_retenu
from financement.bareme.usages import taux_de_la_regle
from financement.simulation.resultat import Resultat
from grappes.regles import Essms, Projet
from grappes.regles.petits import est_petit


@dataclass(frozen=True, slots=True)
class Marginal:
    """EUR that one ESSMS adds to the whole project; negative when the others lose more than it brings."""

    finess_et: str
    euros: Decimal
    explication: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Money that depends on a rank: paid by ESSMS, and cap to be added up (F3, « plafonds cumulés »)."""

    paye: Decimal
    plafond: Decimal

    def plus(self, autre: "_Part") -> "_Part":
        return _Part(self.paye + autre.paye, self.plafond + autre.plafond)

    def moins(self, autre: "_Part") -> "_Part":
        return _Part(self.paye - autre.paye, self.plafond - autre.plafond)


_RIEN = _Part(ZERO, ZERO)


def marginaux(resultat: Resultat) -> tuple[Marginal, ...]:
    """One result per ESSMS, by number. Linear in the number of ESSMS: nothing is played again."""
    total = resultat.financement.total
    restants = dict(_totaux_sans(resultat))
    return tuple(
        Marginal(
            essms.finess_et,
            total - restants[essms.finess_et],
            _phrase(essms, total, restants[essms.finess_et], resultat),
        )
        for essms in resultat.projet.essms
    )


def _totaux_sans(resultat: Resultat) -> Iterator[tuple[str, Decimal]]:
    projet, edition = resultat.projet, resultat.edition
    composition = Composition.de(projet, edition)
    materiel = {ligne.portee: ligne.montant for ligne in resultat.financement.lignes if ligne.regle == "F4"}
    tout_le_materiel = sum(materiel.values(), ZERO)
    devis = devis_retenu(projet.solution.devis_ht, projet.solution.devis_ttc, projet)
    par_organisme = Counter(essms.finess_ej for essms in projet.essms)
    petits = {o.finess_ej for o in projet.gestionnaires if est_petit(o, edition) is True}
    for place, reste in _parts_sans(projet, edition):
        essms = place.essms
        logiciel = reste.plafond if devis is None else min(reste.plafond, devis)
        sans = _composition_sans(composition, essms, par_organisme, petits)
        amoa = montant_d_amoa(projet, edition, sans)
        yield (
            essms.finess_et,
            (reste.paye + logiciel + tout_le_materiel - materiel.get(essms.finess_et, ZERO) + amoa),
        )


def _parts_sans(projet: Projet, edition: Edition) -> Iterator[tuple[EssmsRange, _Part]]:
    """What the ranked lines come to without each ESSMS: those after it move up one rank, in its own count."""
    ranges = ranger(projet, edition)
    tout = _somme(_part(place, place.rang, projet, edition) for place in ranges)
    for decompte in _decomptes(ranges):
        gain = _RIEN
        for place in reversed(decompte):
            actuelle = _part(place, place.rang, projet, edition)
            yield place, tout.moins(actuelle).plus(gain)
            if place.rang > 1:
                gain = gain.plus(_part(place, place.rang - 1, projet, edition).moins(actuelle))


def _decomptes(ranges: tuple[EssmsRange, ...]) -> list[list[EssmsRange]]:
    """Runs of ranks that follow one another: one for the whole project, or one per kind of operation."""
    decomptes = [[ranges[0]]] if ranges else []
    for precedente, place in pairwise(ranges):
        if place.rang <= precedente.rang:
            decomptes.append([])
        decomptes[-1].append(place)
    return decomptes


def _part(place: EssmsRange, rang: int, projet: Projet, edition: Edition) -> _Part:
    regles = edition.financement
    if place.essms.operation != "acquisition":
        return _Part(_montant(place, rang, "F2", regles.usages_conformite.paliers, edition), ZERO)
    usages = _montant(place, rang, "F1", regles.usages_acquisition.paliers, edition)
    paliers = regles.equipement_logiciel.paliers_pour(referencee=projet.solution.referencee_segur)
    logiciel = _montant(place, rang, "F3", paliers, edition)
    if regles.equipement_logiciel.forme == "forfait_par_essms":
        return _Part(usages + logiciel, ZERO)
    return _Part(usages, logiciel)


def _montant(
    place: EssmsRange, rang: int, regle: str, paliers: tuple[Palier, ...], edition: Edition
) -> Decimal:
    return appliquer(montant_au_rang(paliers, rang), taux_de_la_regle(place, regle, edition))


def _somme(parts: Iterable[_Part]) -> _Part:
    total = _RIEN
    for part in parts:
        total = total.plus(part)
    return total


def _composition_sans(
    composition: Composition, essms: Essms, par_organisme: Counter[str | None], petits: set[str]
) -> Composition:
    """An organisation leaves with its last ESSMS; one that nobody knows leaves with each."""
    operations = {**composition.operations, essms.operation: composition.operations[essms.operation] - 1}
    part = essms.finess_ej is None or par_organisme[essms.finess_ej] == 1
    petit = essms.finess_ej in petits
    return replace(
        composition,
        petits=composition.petits - (part and petit),
        autres=composition.autres - (part and not petit),
        operations=operations,
    )


def _phrase(essms: Essms, total: Decimal, reste: Decimal, resultat: Resultat) -> str:
    ecart = total - reste
    if ecart:
        verbe = "apporte" if ecart > 0 else "coûte"
        sans = f"sans lui, {euros(reste)} au lieu de {euros(total)}"
        debut = f"{essms.finess_et} {verbe} {euros(abs(ecart))}\u00a0: {sans}"
    else:
        debut = f"{essms.finess_et} n’apporte rien\u00a0: {euros(total)} avec ou sans lui"
    return f"{debut}{_franchissement(resultat)}."


def _franchissement(resultat: Resultat) -> str:
    """What one ESSMS less would cross: the minimum of E3, the limit of the regional level."""
    nombre, edition = len(resultat.projet.essms), resultat.edition
    minimum, limite = edition.eligibilite.minimum.minimum, edition.guichet.regional.moins_de
    phrases = []
    if nombre == minimum:
        phrases.append(f"le projet passerait sous le minimum de {minimum} ESSMS (E3)")
    if nombre == limite and resultat.guichet.niveau == "national":
        phrases.append("le projet relèverait du guichet régional (G1)")
    return "".join(f", et {phrase}" for phrase in phrases)
