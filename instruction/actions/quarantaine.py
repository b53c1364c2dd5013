"""Holding a file until the antivirus has spoken."""

from instruction.actions.analyse import antivirus
from instruction.models import Analyse, Piece
from instruction.taches import analyser_piece


def mettre_en_quarantaine(piece: Piece) -> None:
    """Before its row is written: held until analysed, and the analysis asked for in the same transaction.

    Without an antivirus, the row says that nobody analysed it.
    """
    if antivirus() is None:
        return
    piece.analyse = Analyse.EN_ATTENTE
    analyser_piece.configure(lock=f"piece:{piece.pk}").defer(piece=str(piece.pk))
