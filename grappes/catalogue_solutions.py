"""Reading a catalogue of solutions from the rows of a spreadsheet: one row per solution and domain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from esms.aap.domaines import DOMAINES, STATUTS
from esms.socle.tableurs import Rangee

COLONNES = (
    "code",
    "editeur",
    "nom",
    "version",
    "au_sad",
    "marche",
    "domaine",
    "statut",
    "vague",
    "depuis_le",
)
_OBLIGATOIRES = ("code", "editeur", "nom")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGUEURS = {"code": 60, "editeur": 120, "nom": 120, "version": 40, "marche": 200}
_OUI_NON = {"oui": True, "non": False, "": False}
VAGUE_MAX = 99


@dataclass(frozen=True, slots=True)
class Statut:
    """Listing of a solution in one domain."""

    domaine: str
    statut: str
    vague: int | None = None
    le: date | None = None


@dataclass(frozen=True, slots=True)
class SolutionLue:
    """One solution of a file or of a form."""

    code: str
    editeur: str
    nom: str
    version: str = ""
    au_sad: bool = False
    marche: str = ""
    statuts: tuple[Statut, ...] = ()


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file holds: solutions in the order of their codes, and one sentence per wrong cell."""

    solutions: tuple[SolutionLue, ...]
    fautes: tuple[str, ...]


@dataclass(slots=True)
class _Carnet:
    fautes: list[str] = field(default_factory=list)

    def noter(self, rangee: Rangee, colonne: str, phrase: str) -> None:
        self.fautes.append(f"Ligne {rangee.numero}, colonne {colonne}\u00a0: {phrase}")


def lire_catalogue(rangees: Sequence[Rangee]) -> Lecture:
    """Read the rows; the first one names the columns. A file with a fault is to be refused whole."""
    if not rangees:
        return Lecture((), ("Ce tableau ne contient aucune ligne.",))
    entete = [cellule.strip().lower() for cellule in rangees[0].cellules]
    absentes = [nom for nom in _OBLIGATOIRES if nom not in entete]
    if absentes:
        return Lecture((), (f"Colonnes absentes de la première ligne\u00a0: {', '.join(absentes)}.",))
    carnet = _Carnet()
    lues: dict[str, SolutionLue] = {}
    for rangee in rangees[1:]:
        valeurs = {
            nom: rangee.cellules[rang].strip() if rang < len(rangee.cellules) else ""
            for rang, nom in enumerate(entete)
            if nom in COLONNES
        }
        solution = _lire(rangee, valeurs, carnet)
        if solution is not None:
            lues[solution.code] = _fondre(lues.get(solution.code), solution, rangee, carnet)
    return Lecture(tuple(lues[code] for code in sorted(lues)), tuple(carnet.fautes))


def _lire(rangee: Rangee, valeurs: Mapping[str, str], carnet: _Carnet) -> SolutionLue | None:
    avant = len(carnet.fautes)
    for nom in _OBLIGATOIRES:
        if not valeurs[nom]:
            carnet.noter(rangee, nom, "valeur absente.")
    for nom, maximum in _LONGUEURS.items():
        if len(valeurs.get(nom, "")) > maximum:
            carnet.noter(rangee, nom, f"{maximum} caractères au plus.")
    if valeurs["code"] and not _CODE.fullmatch(valeurs["code"]):
        carnet.noter(rangee, "code", "minuscules, chiffres et tirets attendus.")
    au_sad = _OUI_NON.get(valeurs.get("au_sad", "").lower())
    if au_sad is None:
        carnet.noter(rangee, "au_sad", "oui ou non attendu.")
    statut = _statut(rangee, valeurs, carnet)
    if len(carnet.fautes) > avant:
        return None
    return SolutionLue(
        valeurs["code"],
        valeurs["editeur"],
        valeurs["nom"],
        valeurs.get("version", ""),
        bool(au_sad),
        valeurs.get("marche", ""),
        (statut,) if statut else (),
    )


def _statut(rangee: Rangee, valeurs: Mapping[str, str], carnet: _Carnet) -> Statut | None:
    domaine, mot = valeurs.get("domaine", "").upper(), valeurs.get("statut", "").lower()
    if not domaine and not mot:
        return None
    if domaine not in DOMAINES:
        carnet.noter(rangee, "domaine", f"attendu\u00a0: {', '.join(DOMAINES)}.")
    if mot not in STATUTS:
        carnet.noter(rangee, "statut", f"attendu\u00a0: {', '.join(STATUTS)}.")
    vague = valeurs.get("vague", "")
    if vague and not (vague.isascii() and vague.isdigit() and 1 <= int(vague) <= VAGUE_MAX):
        carnet.noter(rangee, "vague", f"nombre de 1 à {VAGUE_MAX} attendu.")
        vague = ""
    le = None
    try:
        le = date.fromisoformat(valeurs["depuis_le"]) if valeurs.get("depuis_le") else None
    except ValueError:
        carnet.noter(rangee, "depuis_le", "date attendue, par exemple 2025-03-31.")
    return Statut(domaine, mot, int(vague) if vague else None, le)


def _fondre(connue: SolutionLue | None, lue: SolutionLue, rangee: Rangee, carnet: _Carnet) -> SolutionLue:
    """The rows of one code say the same solution, each another domain."""
    if connue is None:
        return lue
    if (connue.editeur, connue.nom, connue.version, connue.au_sad, connue.marche) != (
        lue.editeur,
        lue.nom,
        lue.version,
        lue.au_sad,
        lue.marche,
    ):
        carnet.noter(rangee, "code", f"{lue.code} est décrit autrement plus haut.")
    if {statut.domaine for statut in connue.statuts} & {statut.domaine for statut in lue.statuts}:
        carnet.noter(rangee, "domaine", f"ce domaine est déjà donné pour {lue.code}.")
    return SolutionLue(
        connue.code,
        connue.editeur,
        connue.nom,
        connue.version,
        connue.au_sad,
        connue.marche,
        tuple(sorted((*connue.statuts, *lue.statuts), key=lambda statut: statut.domaine)),
    )
