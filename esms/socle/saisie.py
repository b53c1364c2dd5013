"""What a person typed in a form that could not be taken (session over, state moved), to show it back."""

import json
import re
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest

_TECHNIQUES = frozenset({"csrfmiddlewaretoken", "password", "next", "reprise", "reprise_vers"})
# Fields whose name is not the word that the person read beside them.
_NOMS = {"login": "adresse électronique", "email": "adresse électronique"}
_SANS_INTERET = re.compile(r"[0-9]*|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Saisie:
    """The fields of a form as they were sent, and the names of the files that came with them."""

    champs: tuple[tuple[str, str], ...]
    fichiers: tuple[str, ...] = ()

    @classmethod
    def de(cls, request: HttpRequest) -> Self | None:
        """What `request` carries; None when nothing in it was typed or chosen (a bare button)."""
        if request.method != "POST":
            return None
        champs = tuple(
            (nom, valeur)
            for nom, valeurs in request.POST.lists()
            for valeur in map(str, valeurs)
            if nom not in _TECHNIQUES and valeur
        )
        noms = (str(fichier.name) for fichiers in request.FILES.lists() for fichier in fichiers[1])
        saisie = cls(champs, tuple(noms))
        return saisie if champs or saisie.fichiers else None

    @classmethod
    def relire(cls, texte: str) -> Self | None:
        """The fields that `en_json` wrote; None for anything else."""
        try:
            paires = json.loads(texte)
            champs = tuple((nom, valeur) for nom, valeur in paires)
        except (ValueError, TypeError, RecursionError):
            return None
        textes = all(isinstance(mot, str) for paire in champs for mot in paire)
        return cls(champs) if champs and textes else None

    def en_json(self) -> str:
        """The fields, to be carried by a form; files cannot be."""
        return json.dumps(self.champs)

    @property
    def lisibles(self) -> list[tuple[str, str]]:
        """Fields that a person would miss, under a readable name: neither counters nor identifiers."""
        return [
            (_NOMS.get(nom) or re.sub(r"[_-]+", " ", nom), valeur)
            for nom, valeur in self.champs
            if not _SANS_INTERET.fullmatch(valeur)
        ]
