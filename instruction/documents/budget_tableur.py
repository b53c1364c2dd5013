"""The expenses of a budget as a spreadsheet: written for whoever prefers it, read back cell by cell."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from esms.socle.montants import MontantInvalide, lire_montant
from esms.socle.tableurs import Rangee, TableurRefuse, classeur, colonne
from financement.documents.classeur import CREATION, Formats, ecrire, feuille
from instruction.regles.candidature.budget import NATURES, Depense

COLONNES = (("Nature", 36), ("Libellé", 44), ("Montant HT", 16), ("Montant TTC", 16))
LIGNES_MAX = 60  # as on the screen
LIBELLE_MAX = 200


def ecrire_depenses(depenses: Sequence[Depense]) -> bytes:
    """XLSX of the expenses, one line each; every nature once when there is none, ready to be filled in."""
    flux = io.BytesIO()
    livre = classeur(flux)
    livre.set_properties({"title": "Budget du projet", "created": CREATION})
    formats = Formats.de(livre)
    page = feuille(livre, formats, "Dépenses", COLONNES)
    lignes: list[tuple[Any, ...]] = [(NATURES.get(d.nature, ""), d.libelle, d.ht, d.ttc) for d in depenses]
    for rang, ligne in enumerate(lignes or [(nom, "", None, None) for nom in NATURES.values()], start=1):
        ecrire(page, formats, rang, ligne)
    livre.close()
    return flux.getvalue()


def lire_depenses(rangees: Iterable[Rangee]) -> tuple[list[dict[str, Any]], list[str]]:
    """Lines of the section and what could not be read, cell by cell, in French; the rest is taken.

    Raises TableurRefuse when the header is not the one of the model, or when there is nothing under it.
    """
    lues = list(rangees)
    places = _places(lues[0].cellules if lues else ())
    lignes: list[dict[str, Any]] = []
    remarques: list[str] = []
    for rangee in lues[1:]:
        nature, libelle, ht, ttc = (_cellule(rangee, place) for place in places)
        if not (libelle or ht or ttc):
            continue
        lignes.append(
            {
                "nature": _nature(nature, rangee, places[0], remarques),
                "libelle": libelle[:LIBELLE_MAX],
                "ht": _montant(ht, rangee, places[2], remarques),
                "ttc": _montant(ttc, rangee, places[3], remarques),
            }
        )
    if not lignes:
        raise TableurRefuse("Ce tableau ne chiffre aucune dépense.")
    if len(lignes) > LIGNES_MAX:
        remarques.append(f"Seules les {LIGNES_MAX} premières dépenses sont reprises.")
    return lignes[:LIGNES_MAX], remarques


def _places(entete: Sequence[str]) -> list[int]:
    noms = [_simple(nom) for nom in entete]
    attendus = [_simple(nom) for nom, _ in COLONNES]
    absents = [nom for (nom, _), attendu in zip(COLONNES, attendus, strict=True) if attendu not in noms]
    if absents:
        raise TableurRefuse(
            f"La première ligne doit nommer les colonnes du modèle. Il manque\u00a0: {', '.join(absents)}."
        )
    return [noms.index(attendu) for attendu in attendus]


def _cellule(rangee: Rangee, place: int) -> str:
    return rangee.cellules[place].strip() if place < len(rangee.cellules) else ""


def _nature(texte: str, rangee: Rangee, place: int, remarques: list[str]) -> str:
    connues = {_simple(nom): cle for cle, nom in NATURES.items()}
    cle = connues.get(_simple(texte)) or (texte if texte in NATURES else "")
    if not cle:
        remarques.append(f"{_adresse(rangee, place)}\u00a0: nature inconnue, choisissez-la dans la liste.")
    return cle


def _montant(texte: str, rangee: Rangee, place: int, remarques: list[str]) -> str | None:
    if not texte:
        return None
    try:
        montant: Decimal = lire_montant(texte)
    except MontantInvalide as refus:
        remarques.append(f"{_adresse(rangee, place)}\u00a0: {refus}")
        return None
    return f"{montant:.2f}"


def _adresse(rangee: Rangee, place: int) -> str:
    return f"Cellule {colonne(place)}{rangee.numero}"


def _simple(texte: str) -> str:
    """Without accents, case nor doubled blanks."""
    decompose = unicodedata.normalize("NFD", texte)
    return " ".join("".join(c for c in decompose if not unicodedata.combining(c)).casefold().split())
