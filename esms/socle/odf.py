"""Rows of an OpenDocument spreadsheet, without ever laying out what the file merely repeats."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BUREAU = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def lignes_ods(contenu: bytes, *, lignes_max: int, colonnes_max: int) -> Iterator[list[str]]:
    """Rows of the first sheet of `content.xml`; an empty stretch at the end is not repeated.

    Raises ValueError when the XML is unreadable or defines entities; stops after `lignes_max` + 1 rows.
    """
    _refuser_le_type(contenu)
    rendues = vides = 0
    try:
        for _, element in ET.iterparse(BytesIO(contenu), events=("end",)):  # noqa: S314 - no entity: see above
            if element.tag == f"{_TABLE}table":
                return
            if element.tag != f"{_TABLE}table-row":
                continue
            cellules = _cellules(element, colonnes_max)
            fois = _repetition(element, "rows", lignes_max + 1)
            element.clear()
            if not any(cellules):
                vides += fois
                continue
            for ligne in [[""]] * min(vides, lignes_max + 1) + [cellules] * fois:
                yield ligne
                rendues += 1
                if rendues > lignes_max:
                    return
            vides = 0
    except ET.ParseError as erreur:
        raise ValueError("unreadable XML") from erreur


class _RacineAtteinte(Exception):
    """Nothing more can be declared."""


def _refuser_le_type(contenu: bytes) -> None:
    """Raise ValueError when the XML declares a document type, in whatever encoding it hides the words."""

    def refuser(*_: object) -> NoReturn:
        raise ValueError("document type refused")

    def finir(*_: object) -> NoReturn:
        raise _RacineAtteinte

    lecteur = expat.ParserCreate()
    lecteur.StartDoctypeDeclHandler = refuser
    lecteur.StartElementHandler = finir
    try:
        lecteur.Parse(contenu, True)
    except _RacineAtteinte:
        return
    except (expat.ExpatError, LookupError) as erreur:
        raise ValueError("unreadable XML") from erreur


def _cellules(rangee: ET.Element, colonnes_max: int) -> list[str]:
    cellules: list[str] = []
    for cellule in rangee:
        texte = _valeur(cellule)
        fois = _repetition(cellule, "columns", colonnes_max)
        cellules.extend([texte] * min(fois, colonnes_max - len(cellules)))
    return cellules


def _valeur(cellule: ET.Element) -> str:
    """The stored number when there is one (what is shown may be rounded), else the text."""
    if cellule.get(f"{_BUREAU}value-type") in {"float", "currency", "percentage"}:
        valeur = cellule.get(f"{_BUREAU}value", "")
        return str(valeur).removesuffix(".0")
    return " ".join("".join(p.itertext()) for p in cellule.iter(f"{_TEXTE}p")).strip()


def _repetition(element: ET.Element, sens: str, maximum: int) -> int:
    annonce = element.get(f"{_TABLE}number-{sens}-repeated", "1")
    if not (annonce.isascii() and annonce.isdigit()):
        raise ValueError("unreadable repetition")
    return min(int(annonce[:9]), maximum)
