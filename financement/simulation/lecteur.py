"""Reads the fields of an entry one by one, and remembers in French what is wrong with each."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from esms.socle.montants import nombre
from grappes.finess.numero import cle_valide
from grappes.finess.numero import erreur as erreur_finess
from grappes.regles.territoires import region_ars

Mot = TypeVar("Mot", bound=str)

OBLIGATOIRE = "Ce champ est obligatoire."
LONGUEUR_MAX = 200
_MONTANT = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,2})?", re.ASCII)
_CATEGORIE = re.compile(r"[0-9]{3}", re.ASCII)
_INSTANT = re.compile(
    r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})",
    re.ASCII,
)
_MONTRES = 60
_ESPACES_INSECABLES = {ord("\u00a0"): " ", ord("\u202f"): " "}
_EXEMPLE = "«\u00a010800.00\u00a0»"


class EntreeInvalide(ValueError):
    """Nothing is computed. `erreurs`: path of the field (« essms.3.finess_et ») → French sentences."""

    def __init__(self, erreurs: dict[str, list[str]]) -> None:
        super().__init__(
            "\n".join(f"{champ}\u00a0: {' '.join(messages)}" for champ, messages in erreurs.items())
        )
        self.erreurs = erreurs


class Erreurs:
    """What was found wrong, by path, in the order of reading."""

    def __init__(self) -> None:
        self.trouvees: dict[str, list[str]] = {}

    def noter(self, chemin: str, message: str) -> None:
        """Add a sentence about a field."""
        self.trouvees.setdefault(chemin, []).append(message)

    def lever(self) -> None:
        """Raise EntreeInvalide if anything was noted."""
        if self.trouvees:
            raise EntreeInvalide(self.trouvees)


class Table:
    """A JSON object whose fields are read by type. `null` is the same as absent; an unknown field is refused.

    Each reader gives the default when the field is absent or wrong: a wrong one has then been noted.
    """

    __slots__ = ("_chemin", "_erreurs", "_lisible", "_valeurs")

    def __init__(self, brut: object, chemin: str, champs: Collection[str], erreurs: Erreurs) -> None:
        self._chemin, self._erreurs = chemin, erreurs
        self._valeurs: Mapping[str, Any] = {}
        self._lisible = isinstance(brut, Mapping)
        if not isinstance(brut, Mapping):
            erreurs.noter(chemin or "entree", "Un objet JSON est attendu.")
            return
        self._valeurs = brut
        for nom in brut:
            if nom not in champs:
                erreurs.noter(self.chemin(montrer(str(nom))), "Champ inconnu.")

    def chemin(self, nom: str) -> str:
        """Path of a field of this object."""
        return f"{self._chemin}.{nom}" if self._chemin else nom

    def noter(self, nom: str, message: str) -> None:
        """Add a sentence about a field of this object."""
        self._erreurs.noter(self.chemin(nom), message)

    def exiger(self, nom: str, valeur: object) -> None:
        """Note that a field is absent or empty; one that is wrong already has its own sentence."""
        if not valeur and self._lisible and self.chemin(nom) not in self._erreurs.trouvees:
            self.noter(nom, OBLIGATOIRE)

    def brut(self, nom: str) -> Any:
        """The value as it came; None when absent."""
        return self._valeurs.get(nom)

    def table(self, nom: str, champs: Collection[str]) -> "Table | None":
        """An object inside this one."""
        brut = self._valeurs.get(nom)
        return None if brut is None else Table(brut, self.chemin(nom), champs, self._erreurs)

    def tables(self, nom: str, champs: Collection[str], maximum: int) -> "list[Table]":
        """A list of objects, at most `maximum`; a longer one is refused whole."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return []
        if not isinstance(brut, Sequence) or isinstance(brut, str | bytes):
            self.noter(nom, "Une liste est attendue.")
            return []
        if len(brut) > maximum:
            self.noter(nom, f"{nombre(len(brut))} lignes\u202f; {nombre(maximum)} au plus.")
            return []
        chemin = self.chemin(nom)
        return [Table(ligne, f"{chemin}.{rang}", champs, self._erreurs) for rang, ligne in enumerate(brut)]

    def booleen(self, nom: str, *, defaut: bool) -> bool:
        """`true` or `false`, nothing that merely looks like it."""
        brut = self._valeurs.get(nom)
        if brut is True or brut is False:
            return brut
        if brut is not None:
            self.noter(nom, "true ou false est attendu.")
        return defaut

    def booleen_ou_rien(self, nom: str) -> bool | None:
        """`true`, `false`, or unknown."""
        return None if self._valeurs.get(nom) is None else self.booleen(nom, defaut=False)

    def choix(self, nom: str, permis: tuple[Mot, ...]) -> Mot | None:
        """One of the allowed words."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        for mot in permis:
            if brut == mot:
                return mot
        self.noter(nom, f"Valeurs admises\u00a0: {', '.join(permis)}.")
        return None

    def texte(self, nom: str) -> str:
        """A short text on one line, without blanks around; empty when absent.

        No-break spaces, which French typing puts everywhere, become plain ones.
        """
        brut = self._valeurs.get(nom)
        if brut is None:
            return ""
        if not isinstance(brut, str):
            self.noter(nom, "Un texte est attendu.")
        elif len(brut) > LONGUEUR_MAX:
            self.noter(nom, f"Texte trop long\u00a0: {LONGUEUR_MAX} caractères au plus.")
        elif not (texte := brut.translate(_ESPACES_INSECABLES)).isprintable():
            self.noter(nom, "Ce texte contient un caractère de contrôle.")
        else:
            return texte.strip()
        return ""

    def entier(self, nom: str, maximum: int) -> int | None:
        """A whole number from 0 to `maximum`."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        if type(brut) is int and 0 <= brut <= maximum:
            return brut
        self.noter(nom, f"Un nombre entier entre 0 et {nombre(maximum)} est attendu.")
        return None

    def montant(self, nom: str) -> Decimal | None:
        """A decimal string, or a whole number: never a JSON fraction, which is no exact amount."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        texte = str(brut) if type(brut) is int and abs(brut) < 10**12 else brut
        if isinstance(texte, str):
            if _MONTANT.fullmatch(texte):
                return Decimal(texte).quantize(Decimal("0.01"))
            if texte.startswith("-"):
                self.noter(nom, "Un montant ou un nombre d’heures ne peut pas être négatif.")
                return None
        self.noter(
            nom, f"Une chaîne décimale est attendue, à deux décimales au plus, par exemple {_EXEMPLE}."
        )
        return None

    def finess(self, nom: str) -> str | None:
        """A FINESS number whose key is right."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        if not isinstance(brut, str):
            self.noter(nom, "Un numéro FINESS est une chaîne de 9 caractères.")
        elif not brut.strip():
            self.noter(nom, "Ce champ est vide.")
        elif not cle_valide(brut):
            self.noter(nom, erreur_finess(montrer(brut)) or "Ce numéro FINESS est mal écrit.")
        else:
            return brut
        return None

    def region(self, nom: str) -> str | None:
        """Region whose ARS is competent."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        region = region_ars(brut) if isinstance(brut, str) else None
        if region is None:
            self.noter(nom, 'Un code de région est attendu, par exemple «\u00a0"76"\u00a0».')
        return region

    def categorie(self, nom: str) -> str | None:
        """A FINESS category, known or not of the nomenclature."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        if isinstance(brut, str) and _CATEGORIE.fullmatch(brut):
            return brut
        self.noter(nom, "Un code de catégorie FINESS à 3 chiffres est attendu.")
        return None

    def instant(self, nom: str) -> datetime | None:
        """A moment in ISO 8601 with its offset: without it, midnight would depend on the reader."""
        brut = self._valeurs.get(nom)
        if brut is None:
            return None
        if isinstance(brut, str) and _INSTANT.fullmatch(brut):
            try:
                return datetime.fromisoformat(brut)
            except ValueError:
                pass
        self.noter(
            nom,
            "Une date ISO 8601 avec son décalage est attendue, par exemple "
            "«\u00a02025-06-01T12:00:00+02:00\u00a0».",
        )
        return None


def montrer(texte: str) -> str:
    """A name typed by someone else, cut and without anything that a screen or a terminal would obey."""
    return "".join(signe if signe.isprintable() else "\ufffd" for signe in texte[:_MONTRES])
