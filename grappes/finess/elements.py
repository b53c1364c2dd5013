"""Incremental reading of a large JSON document, with the standard library alone.

The national stream weighs hundreds of megabytes: `elements` walks its top-level arrays, decoding one element
at a time with json's own `raw_decode`, so that memory is bounded by the largest element.
"""

import codecs
import json
from collections.abc import Iterator

from grappes.finess.modele import FichierRefuse
from grappes.finess.source import ATTENDU, TRONQUE

ELEMENT_MAX = 32 * 1024 * 1024  # characters; the largest legal entity of France takes about four million
_BLANCS = " \t\r\n"


def elements(blocs: Iterator[bytes]) -> Iterator[tuple[str, object]]:
    """Walk the object at the top of a JSON document: each pair, and each element of the arrays it holds.

    Keys come in lower case. Raises FichierRefuse on what is not such a document, or is cut short.
    """
    tampon = _Tampon(blocs)
    tampon.attendre("{")
    signe = ","
    while signe == ",":
        if tampon.suivant() == "}":
            tampon.attendre("}")
            break
        cle = tampon.valeur()
        if not isinstance(cle, str):
            raise FichierRefuse("Le flux JSON est mal formé.")
        tampon.attendre(":")
        if tampon.suivant() == "[":
            for element in tampon.tableau():
                yield cle.lower(), element
        else:
            yield cle.lower(), tampon.valeur()
        signe = tampon.attendre(",}")
    tampon.finir()


class _Tampon:
    """Text still to decode. Reads twice as much at each failed attempt, so that the work stays linear."""

    def __init__(self, blocs: Iterator[bytes]) -> None:
        self._blocs = blocs
        self._decodeur = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._texte = ""
        self._position = 0
        self._fini = False

    def suivant(self) -> str:
        """The next sign that is not blank, left in place."""
        while True:
            while self._position < len(self._texte):
                signe = self._texte[self._position]
                if signe not in _BLANCS:
                    return signe
                self._position += 1
            if not self._lire(1):
                raise FichierRefuse(TRONQUE)

    def attendre(self, signes: str) -> str:
        signe = self.suivant()
        if signe not in signes:
            raise FichierRefuse("Le flux JSON est mal formé.")
        self._position += 1
        return signe

    def tableau(self) -> Iterator[object]:
        self.attendre("[")
        if self.suivant() == "]":
            self.attendre("]")
            return
        signe = ","
        while signe == ",":
            yield self.valeur()
            signe = self.attendre(",]")

    def valeur(self) -> object:
        self.suivant()
        while True:
            try:
                valeur, fin = self._json.raw_decode(self._texte, self._position)
            except RecursionError:
                raise FichierRefuse("Le flux JSON est mal formé (trop d’imbrications).") from None
            except ValueError:
                fin = len(self._texte)
                valeur = None
            if fin < len(self._texte):  # a number that ends with the buffer could go on after it
                self._position = fin
                return valeur
            reste = len(self._texte) - self._position
            if reste > ELEMENT_MAX:
                raise FichierRefuse("Le flux JSON contient un élément démesuré ou mal formé.")
            if not self._lire(reste):
                raise FichierRefuse(f"Le flux JSON est mal formé, ou le fichier est tronqué\u00a0: {ATTENDU}")

    def finir(self) -> None:
        while self._lire(1):
            continue
        if self._texte[self._position :].strip(_BLANCS):
            raise FichierRefuse("Le flux JSON est mal formé\u00a0: du texte suit la fin du document.")

    def _lire(self, au_moins: int) -> bool:
        """Drop what was decoded, then read `au_moins` characters or up to the end. False: nothing more."""
        morceaux = [self._texte[self._position :]]
        self._position = 0
        lus = 0
        while lus < au_moins and not self._fini:
            bloc = next(self._blocs, None)
            self._fini = bloc is None
            try:
                texte = self._decodeur.decode(bloc or b"", final=self._fini)
            except UnicodeDecodeError:
                raise FichierRefuse("Le flux JSON n’est pas en UTF-8.") from None
            morceaux.append(texte)
            lus += len(texte)
        self._texte = "".join(morceaux)
        return lus > 0
