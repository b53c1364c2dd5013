"""Section « Stratégie d’usage » (U1–U7): where the project starts from, when and how it reaches each target.

Counts are shared: « dossiers actifs » is counted by U3 and divides U4 and U5, so it is asked once. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esms.aap.cibles import Indicateur
from esms.socle.citations import source
from financement.bareme.cibles import Mesure, mesurer
from grappes.regles import Projet, regle

from .contexte import Contexte
from .lecture import entier, jour, lignes, table, texte
from .phrases import le, source_de


@dataclass(frozen=True, slots=True)
class Compte:
    """A whole number asked once: the key it is kept under, what is counted, the indicators that use it."""

    cle: str
    libelle: str
    regles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Depart:
    """One indicator at the start: its two counts, its rate, and how its target will be reached."""

    indicateur: Indicateur
    numerateur: int | None
    denominateur: int | None
    mesure: Mesure | None
    atteinte_le: date | None
    comment: str
    attendu: bool

    @property
    def incoherent(self) -> bool:
        """Whether more is counted than there is to count."""
        if not self.indicateur.compris or self.numerateur is None or self.denominateur is None:
            return False
        return self.numerateur > self.denominateur


@dataclass(frozen=True, slots=True)
class CasDUsage:
    """A use case of Mon espace santé."""

    titre: str
    documents: str
    mise_en_oeuvre: str

    @property
    def complet(self) -> bool:
        """Whether it says what, and how."""
        return bool(self.titre and self.documents and self.mise_en_oeuvre)


def comptes(indicateurs: Sequence[Indicateur]) -> tuple[Compte, ...]:
    """Every count that the indicators need, each once, in the order of the indicators."""
    cles: dict[str, str] = {}
    regles: dict[str, list[str]] = {}
    for indicateur in indicateurs:
        for cote, libelle in (("n", indicateur.numerateur), ("d", indicateur.denominateur)):
            if libelle:
                cles.setdefault(libelle, f"{indicateur.regle}_{cote}")
                regles.setdefault(libelle, []).append(indicateur.regle)
    return tuple(Compte(cle, libelle, tuple(regles[libelle])) for libelle, cle in cles.items())


@regle("U1", "U2", "U3", "U4", "U5", "U6", "U7")
def departs(
    contenu: Mapping[str, Any], indicateurs: Sequence[Indicateur], projet: Projet | None = None
) -> tuple[Depart, ...]:
    """Each indicator of the edition with what was typed of it; nothing typed reads as None.

    Without a project, every target is expected.
    """
    cles = {compte.libelle: compte.cle for compte in comptes(indicateurs)}
    nombres, cibles = table(contenu, "comptes"), table(contenu, "cibles")
    trouves = []
    for indicateur in indicateurs:
        numerateur = entier(nombres, cles[indicateur.numerateur])
        denominateur = entier(nombres, cles.get(indicateur.denominateur, ""))
        cible = table(cibles, indicateur.regle)
        trouves.append(
            Depart(
                indicateur,
                numerateur,
                denominateur,
                _mesurer(indicateur, numerateur, denominateur),
                jour(cible, "le"),
                texte(cible, "comment"),
                indicateur.cible is not None and not (projet and dispense(indicateur, projet)),
            )
        )
    return tuple(trouves)


def dispense(indicateur: Indicateur, projet: Projet) -> bool:
    """Whether every ESSMS serves a public that the indicator leaves out (PJM, OCC 4.2.3)."""
    publics = set(projet.publics)
    return bool(publics) and publics <= set(indicateur.publics_dispenses)


def cas_d_usage(contenu: Mapping[str, Any]) -> tuple[CasDUsage, ...]:
    """The use cases, in the order they were typed."""
    return tuple(
        CasDUsage(texte(ligne, "titre"), texte(ligne, "documents"), texte(ligne, "mise_en_oeuvre"))
        for ligne in lignes(contenu, "cas_d_usage")
    )


def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What is missing or contradicts itself."""
    return tuple(_phrases(contenu, contexte))


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """What deserves a second look and stops nothing."""
    par_regle = {d.indicateur.regle: d for d in departs(contenu, *_cadre(contexte))}
    phrases = []
    u1, u3 = par_regle.get("U1"), par_regle.get("U3")
    if u1 and u3 and u1.denominateur and u3.denominateur and u1.denominateur > u3.denominateur:
        phrases.append(
            f"{u1.denominateur} personnes pourraient bénéficier d’un projet, mais {u3.denominateur} "
            "seulement sont accompagnées\u00a0: vérifiez ces deux effectifs."
        )
    return tuple(phrases)


def _cadre(contexte: Contexte) -> tuple[Sequence[Indicateur], Projet]:
    return contexte.edition.cibles.indicateurs, contexte.projet


def _mesurer(indicateur: Indicateur, numerateur: int | None, denominateur: int | None) -> Mesure | None:
    if numerateur is None or numerateur < 0:
        return None
    if not indicateur.denominateur:
        return mesurer(indicateur, numerateur=numerateur)
    if denominateur is None or denominateur < 0:
        return None
    return mesurer(indicateur, numerateur=numerateur, denominateur=denominateur)


def _phrases(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    trouves = departs(contenu, *_cadre(contexte))
    yield from _comptes_absents(contenu, contexte)
    for depart in trouves:
        yield from _du_depart(depart, contexte.projet.depose_le and contexte.projet.depose_le.date())
    minimum = contexte.edition.sections.usages.cas_d_usage
    decrits = cas_d_usage(contenu)
    complets = sum(cas.complet for cas in decrits)
    if complets < minimum:
        yield (
            f"Décrivez au moins {minimum} cas d’usage de Mon espace santé, avec ses documents et sa mise en "
            f"œuvre {source_de(contexte.edition, 'usages')}."
        )


def _comptes_absents(contenu: Mapping[str, Any], contexte: Contexte) -> Iterator[str]:
    indicateurs, projet = _cadre(contexte)
    nombres = table(contenu, "comptes")
    attendus = {i.regle: i for i in indicateurs if i.cible is not None and not dispense(i, projet)}
    for compte in comptes(indicateurs):
        premiere = next((regle_u for regle_u in compte.regles if regle_u in attendus), None)
        if premiere and entier(nombres, compte.cle) is None:
            yield (
                f"Situation de départ\u00a0: le nombre «\u00a0{compte.libelle}\u00a0» n’est pas renseigné "
                f"{source(attendus[premiere].article, premiere)}."
            )


def _du_depart(depart: Depart, depose_le: date | None) -> Iterator[str]:
    indicateur, nom = depart.indicateur, f"{depart.indicateur.regle} – {depart.indicateur.libelle}"
    citation = source(indicateur.article, indicateur.regle)
    if depart.incoherent:
        yield (
            f"{nom}\u00a0: {depart.numerateur} {indicateur.numerateur}, c’est plus que les "
            f"{depart.denominateur} {indicateur.denominateur} {citation}."
        )
    if not depart.attendu:
        return
    if depart.atteinte_le is None:
        yield f"{nom}\u00a0: la date prévue d’atteinte de la cible n’est pas renseignée {citation}."
    elif (
        depose_le is not None
        and depart.atteinte_le < depose_le
        and not (depart.mesure and depart.mesure.atteinte)
    ):
        yield (
            f"{nom}\u00a0: la cible n’est pas atteinte au départ, et la date prévue "
            f"({le(depart.atteinte_le)}) est déjà passée {citation}."
        )
    if not depart.comment:
        yield f"{nom}\u00a0: dites comment la cible sera atteinte {citation}."
