"""The rows of the decision: dossier, candidature, pieces, filing, examination, decisions."""

from instruction.models.candidature import CHAMPS_FICHE, FicheSynthese, Texte
from instruction.models.decision import REFUS, Decision, Nature, Sens
from instruction.models.depot import AccuseDeReception, Depot
from instruction.models.dossier import Dossier
from instruction.models.examen import AvisControle, AvisPiece, Note
from instruction.models.piece import Piece
from instruction.models.section import Section, VersionDeSection

__all__ = [
    "CHAMPS_FICHE",
    "REFUS",
    "AccuseDeReception",
    "AvisControle",
    "AvisPiece",
    "Decision",
    "Depot",
    "Dossier",
    "FicheSynthese",
    "Nature",
    "Note",
    "Piece",
    "Section",
    "Sens",
    "Texte",
    "VersionDeSection",
]
