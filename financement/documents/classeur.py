"""Small pieces of an XLSX export: dated at a fixed instant, so that the same content is the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from esms.socle.tableurs import LIGNES_MAX

# An XLSX carries a date of creation; this one means « none », as in the archive inside it.
CREATION = datetime(1980, 1, 1)  # noqa: DTZ001 - XLSX properties have no time zone


@dataclass(frozen=True)
class Formats:
    """Formats of one workbook: French amounts, rates, header."""

    entete: Any
    euros: Any
    taux: Any
    texte: Any
    total: Any

    @classmethod
    def de(cls, classeur: xlsxwriter.Workbook) -> "Formats":
        """Declare them in a new workbook."""
        return cls(
            entete=classeur.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            euros=classeur.add_format({"num_format": '#,##0.00" €"', "valign": "top"}),
            taux=classeur.add_format({"num_format": "0.00%", "valign": "top"}),
            texte=classeur.add_format({"num_format": "@", "valign": "top"}),
            total=classeur.add_format({"bold": True, "num_format": '#,##0.00" €"', "top": 1}),
        )


def feuille(
    classeur: xlsxwriter.Workbook, formats: Formats, nom: str, colonnes: Sequence[tuple[str, int]]
) -> Worksheet:
    """A sheet with its header, frozen and filterable; `colonnes`: title and width in characters."""
    nouvelle = classeur.add_worksheet(nom)
    for rang, (titre, largeur) in enumerate(colonnes):
        nouvelle.set_column(rang, rang, largeur)
        nouvelle.write_string(0, rang, titre, formats.entete)
    nouvelle.freeze_panes(1, 0)
    nouvelle.repeat_rows(0)
    nouvelle.autofilter(0, 0, LIGNES_MAX, len(colonnes) - 1)
    nouvelle.set_landscape()
    nouvelle.set_paper(9)
    nouvelle.fit_to_pages(1, 0)
    return nouvelle


def ecrire(page: Worksheet, formats: Formats, ligne: int, cellules: Sequence[Any], premiere: int = 0) -> None:
    """One row from `premiere`: amounts in euros, integers as numbers, the rest as text (no formula)."""
    for colonne, valeur in enumerate(cellules, start=premiere):
        if valeur is None:
            continue
        if isinstance(valeur, Decimal):
            page.write_number(ligne, colonne, valeur, formats.euros)
        elif isinstance(valeur, int):
            page.write_number(ligne, colonne, valeur)
        else:
            page.write_string(ligne, colonne, str(valeur), formats.texte)
