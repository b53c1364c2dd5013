"""Where a workbook that answers a request for complements comes from, on a sheet of its own."""

from collections.abc import Sequence

import xlsxwriter

from financement.documents.classeur import Formats

LARGEUR = 110  # characters


def dire_l_origine(classeur: xlsxwriter.Workbook, formats: Formats, phrases: Sequence[str]) -> None:
    """A last sheet with these sentences, one a row; nothing when there are none (a draft)."""
    if not phrases:
        return
    page = classeur.add_worksheet("Origine")
    page.set_column(0, 0, LARGEUR)
    page.write_string(0, 0, "Origine de ce document", formats.entete)
    for rang, phrase in enumerate(phrases, start=1):
        page.write_string(rang, 0, phrase, formats.texte)
