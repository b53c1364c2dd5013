"""The rows of the decision: dossier, candidature, pieces, filing, examination, decisions."""

from instruction.models.certification import AccuseEnPdf, Certification
from instruction.models.complement import (
    Complement,
    Correction,
    DemandeDeComplements,
    ElementDemande,
    Issue,
    Objet,
    ReponseElement,
)
from instruction.models.decision import REFUS, Decision, Desistement, Nature, Sens
from instruction.models.depot import AccuseDeReception, Depot, RetraitDeDepot
from instruction.models.dossier import Dossier
from instruction.models.examen import AvisControle, AvisPiece, Note
from instruction.models.message import Cote, LectureDeMessage, Message, PieceDeMessage
from instruction.models.piece import Analyse, Piece
from instruction.models.section import Section, VersionDeSection
from instruction.models.solde import DemandeDeSolde, IssueSolde, MesureDeSolde

__all__ = [
    "REFUS",
    "AccuseDeReception",
    "AccuseEnPdf",
    "Analyse",
    "AvisControle",
    "AvisPiece",
    "Certification",
    "Complement",
    "Correction",
    "Cote",
    "Decision",
    "DemandeDeComplements",
    "DemandeDeSolde",
    "Depot",
    "Desistement",
    "Dossier",
    "ElementDemande",
    "Issue",
    "IssueSolde",
    "LectureDeMessage",
    "Message",
    "MesureDeSolde",
    "Nature",
    "Note",
    "Objet",
    "Piece",
    "PieceDeMessage",
    "ReponseElement",
    "RetraitDeDepot",
    "Section",
    "Sens",
    "VersionDeSection",
]
