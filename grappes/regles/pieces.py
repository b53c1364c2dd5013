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
    """A document of the edition, whether this project must bring it, why, and the rule that says so.

    `regle` is the rule behind the condition (the document's own when there is none), `article` where this
    edition writes it.
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


# The rule that makes each condition matter, best first: an edition cites the first it has.
_FONDEMENTS: dict[str, tuple[str, ...]] = {
    "toujours": (),
    "facultative": (),
    "saad": ("F6", "E18"),
    "entite_nationale": ("E11",),
    "dpi_ght_ou_ahi_pjm_seuls": ("E16",),
    "petits_organismes_regroupes": ("E20",),
    "materiel": ("F4",),
    "amoa": ("F5b", "F5a"),
}


def fondement(piece: Piece, edition: Edition) -> tuple[str, str]:
    """Rule and article behind what is asked: those of the condition, else those of the document itself.

    P11 follows E19, where the AAP asks for the self-assessment.
    """
    regles = ("E19",) if piece.regle == "P11" else _FONDEMENTS[piece.exigee_quand]
    for regle_citee in regles:
        if regle_citee in edition.regles:
            return regle_citee, edition.regles[regle_citee][0][1]
    return piece.regle, piece.article


def pieces_demandees(projet: Projet, edition: Edition) -> tuple[PieceDemandee, ...]:
    """The documents that concern this project, in the order of the edition; optional ones say so."""
    demandees = []
    for piece in edition.pieces:
        raison = _CONDITIONS[piece.exigee_quand](projet, edition)
        if raison is not None:
            demandees.append(PieceDemandee(piece, True, raison, *fondement(piece, edition)))
        elif piece.exigee_quand == "facultative":
            demandees.append(PieceDemandee(piece, False, "Facultative.", *fondement(piece, edition)))
    return tuple(demandees)
