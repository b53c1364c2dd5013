"""Documents that a project must bring (P1–P11), each with the reason why."""

from collections.abc import Callable
from dataclasses import dataclass

from esms.aap import Edition
from esms.aap.pieces import Piece

from .petits import est_petit
from .phrases import compte, essms
from .projet import Projet
from .registre import regle

Raison = str | None
"""Why a document is required, as a French sentence; None when it is not."""


@dataclass(frozen=True, slots=True)
class PieceDemandee:
    """A document of the edition, whether this project must bring it, why, and the rule that asks for it.

    `article` is where this edition asks for the document, under `regle`.
    """

    piece: Piece
    obligatoire: bool
    explication: str
    regle: str = ""
    article: str = ""


@regle("P1", "P2", "P3", "P4")
def _toujours(projet: Projet, edition: Edition) -> Raison:
    return "Exigée de tout projet."


@regle("P11")
def _facultative(projet: Projet, edition: Edition) -> Raison:
    return None


@regle("P5")
def _saad(projet: Projet, edition: Edition) -> Raison:
    nombre = sum(1 for ligne in projet.essms if ligne.saad)
    return f"{essms(nombre)} d’aide à domicile." if nombre else None


@regle("P6")
def _entite_nationale(projet: Projet, edition: Edition) -> Raison:
    nombre = sum(1 for organisme in projet.organismes if organisme.entite_nationale)
    if not nombre:
        return None
    return f"{compte(nombre, 'organisme rattaché', 'organismes rattachés')} à une entité nationale."


@regle("P7")
def _dpi_ght_ou_ahi_pjm_seuls(projet: Projet, edition: Edition) -> Raison:
    if projet.solution.dpi_ght:
        return "La solution est le DPI d’un GHT."
    dispenses = edition.eligibilite.referencement.publics_dispenses
    if dispenses and all(public in dispenses for public in projet.publics):
        return f"Projet uniquement {' et '.join(dispenses)}."
    return None


@regle("P8")
def _petits_organismes_regroupes(projet: Projet, edition: Edition) -> Raison:
    petits = sum(1 for organisme in projet.gestionnaires if est_petit(organisme, edition))
    if len(projet.gestionnaires) < 2 or not petits:
        return None
    return (
        f"Regroupement de {len(projet.gestionnaires)} organismes, dont {compte(petits, 'petit', 'petits')}."
    )


@regle("P9a", "P9b", "P9c")
def _materiel(projet: Projet, edition: Edition) -> Raison:
    nombre = sum(1 for ligne in projet.essms if ligne.materiel is not None)
    return f"Demande de matériel pour {essms(nombre)}." if nombre else None


@regle("P10")
def _amoa(projet: Projet, edition: Edition) -> Raison:
    return "Demande d’AMOA." if projet.amoa.marche or projet.amoa.pilotage else None


_CONDITIONS: dict[str, Callable[[Projet, Edition], Raison]] = {
    "toujours": _toujours,
    "facultative": _facultative,
    "saad": _saad,
    "entite_nationale": _entite_nationale,
    "dpi_ght_ou_ahi_pjm_seuls": _dpi_ght_ou_ahi_pjm_seuls,
    "petits_organismes_regroupes": _petits_organismes_regroupes,
    "materiel": _materiel,
    "amoa": _amoa,
}


# Rules whose own article asks for the document: hours (OCC annexe 1), agreement of the national entity
# (OCC 4.2.2, GUA 4.2B), self-assessment (OCC 4.2.5, GUA 4.2E). Any other is asked for by its own article.
_FONDEMENTS = {"P5": "F6", "P6": "E11", "P11": "E19"}
_DPI_GHT = {"P7": "E16"}
"""The study of a hospital group's DPI is asked for by the exception itself (OCC 4.2.3); that of a project
of AHI and PJM alone only by the list of documents (OCC annexe 2)."""


def fondement(piece: Piece, edition: Edition, *, dpi_ght: bool = False) -> tuple[str, str]:
    """Rule and article that ask for this document, for a project whose software is or not a GHT's DPI."""
    citees = _FONDEMENTS | _DPI_GHT if dpi_ght else _FONDEMENTS
    regle_citee = citees.get(piece.regle, "")
    if regle_citee in edition.regles:
        return regle_citee, edition.regles[regle_citee][0][1]
    return piece.regle, piece.article


def pieces_demandees(projet: Projet, edition: Edition) -> tuple[PieceDemandee, ...]:
    """The documents that concern this project, in the order of the edition; optional ones say so."""
    demandees = []
    for piece in edition.pieces:
        raison = _CONDITIONS[piece.exigee_quand](projet, edition)
        fonde = fondement(piece, edition, dpi_ght=projet.solution.dpi_ght)
        if raison is not None:
            demandees.append(PieceDemandee(piece, True, raison, *fonde))
        elif piece.exigee_quand == "facultative":
            demandees.append(PieceDemandee(piece, False, "Facultative.", *fonde))
    return tuple(demandees)
