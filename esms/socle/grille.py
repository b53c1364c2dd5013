"""How large a sheet of a workbook would be once laid out, told from its XML before any parser lays it."""

import re

LETTRES_MAX = 2  # columns up to ZZ: a table often has a stray format far on its right
COLONNES_DEPLOYEES_MAX = 26 * 27  # A to ZZ
_BALISE = re.compile(rb"<(?:\w+:)?(row|c)\b")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")


def tient(feuille: bytes, *, lignes_max: int, colonnes_max: int) -> bool:
    """Whether its grid, up to the farthest cell, named or counted, has that many rows and that area at most.

    Nothing is kept of the sheet while it is looked at, and no more of it is looked at than what may enter.
    """
    balises_max = lignes_max * (colonnes_max + 1)  # rows and cells
    hauteur = largeur = cellules = 0
    for rang, balise in enumerate(_BALISE.finditer(feuille)):
        rangee = balise[1] == b"row"
        hauteur, cellules = hauteur + rangee, 0 if rangee else cellules + 1
        largeur = max(largeur, cellules)
        if rang > balises_max or hauteur > lignes_max or largeur > COLONNES_DEPLOYEES_MAX:
            return False
    for rang, (lettres, ligne) in enumerate(r.groups() for r in _REFERENCE.finditer(feuille)):
        if rang > balises_max or len(lettres) > LETTRES_MAX or len(ligne) > len(str(lignes_max)):
            return False
        hauteur, largeur = max(hauteur, int(ligne)), max(largeur, _indice(lettres))
    return hauteur <= lignes_max and hauteur * largeur <= lignes_max * colonnes_max


def _indice(lettres: bytes) -> int:
    """Rank of a column named by its letters, from 1; 0 without letters (a whole row)."""
    rang = 0
    for lettre in lettres.upper():
        rang = 26 * rang + lettre - ord("A") + 1
    return rang
