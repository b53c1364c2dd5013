"""Tables typed line by line: added, removed and moved by buttons that send the form, with or without script.

Such a gesture writes nothing: the page comes back with what was typed, changed. Saving is another button.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from esms.socle.montants import euros
from instruction.forms.sections.base import FormulaireDeSection, en_json
from instruction.forms.sections.saisie import nettoyer
from instruction.models import Section
from instruction.regles.candidature.contexte import Contexte
from instruction.regles.candidature.lecture import jour, lignes, montant
from instruction.regles.candidature.phrases import le
from instruction.requetes import Examen

LIGNES_MAX = 60
GESTE = "geste"
_GESTE = re.compile(
    r"(?P<tableau>[a-z_]*):(?P<action>ajouter|retirer|monter|descendre)(:(?P<rang>[0-9]{1,3}))?"
)
_ANNONCE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Geste:
    """What a button asks of a table: `rang` is a line, from 0. « recalculer » only shows the totals again."""

    tableau: str
    action: str
    rang: int

    @classmethod
    def lire(cls, data: QueryDict | None) -> "Geste | None":
        """The gesture that was sent, or None; any other word only asks for the totals."""
        if data is None or GESTE not in data:
            return None
        lu = _GESTE.fullmatch(str(data[GESTE]))
        if lu is None:
            return cls("", "recalculer", 0)
        return cls(lu["tableau"], lu["action"], int(lu["rang"] or 0))

    def appliquer(self, lignes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The lines after it; out of bounds, as they were."""
        if self.action == "ajouter":
            return [*lignes, {}] if len(lignes) < LIGNES_MAX else lignes
        if self.action == "retirer" and self.rang < len(lignes):
            return [*lignes[: self.rang], *lignes[self.rang + 1 :]]
        voisin = self.rang + {"monter": -1, "descendre": 1}.get(self.action, 0)
        if max(self.rang, voisin) < len(lignes) and voisin >= 0:
            lignes = list(lignes)
            lignes[self.rang], lignes[voisin] = lignes[voisin], lignes[self.rang]
        return lignes


@dataclass(frozen=True)
class Tableau:
    """A table of a section: its key in the content, the name of a line, a field for each column.

    `amorces`: columns already filled in when nothing was typed, which do not make a line by themselves.
    """

    cle: str
    ligne: str
    champs: Mapping[str, forms.Field]
    amorces: tuple[Mapping[str, str], ...] = ({},)

    @property
    def amorcees(self) -> frozenset[str]:
        """Columns that a blank line may hold."""
        return frozenset(nom for amorce in self.amorces for nom in amorce)

    def nom(self, rang: int, colonne: str) -> str:
        """Name of one field."""
        return f"{self.cle}-{rang}-{colonne}"


@dataclass(frozen=True)
class LigneSaisie:
    """One line as it is shown; `rang` from 0."""

    tableau: Tableau
    rang: int
    champs: Mapping[str, forms.BoundField]
    derniere: bool

    @property
    def numero(self) -> int:
        """As people count."""
        return self.rang + 1


class FormulaireATableaux(FormulaireDeSection):
    """A section with tables; `apercu` is what its figures are computed from, typed or recorded."""

    tableaux: ClassVar[tuple[Tableau, ...]] = ()

    # How recorded cells are read: choices by column, and which columns hold days and amounts.
    choix: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    jours: ClassVar[frozenset[str]] = frozenset()
    montants: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, data: QueryDict | None = None, *, section: Section, examen: Examen) -> None:
        self.geste, self._recu = Geste.lire(data), data
        super().__init__(None if self.geste else data, section=section, examen=examen)
        if self.geste and data is not None:
            self.initial["version"] = data.get("version", section.version)

    @classmethod
    def tables(cls, examen: Examen) -> tuple[Tableau, ...]:
        """The tables; a subclass overrides it when they depend on the edition."""
        return cls.tableaux

    @cached_property
    def _tables(self) -> tuple[Tableau, ...]:
        """Made once: each holds a field for each of its columns."""
        return self.tables(self.examen)

    def initiales(self) -> dict[str, Any]:
        """Recorded values by field, or what was typed when a button only moved lines."""
        valeurs = self.a_plat(self.section.contenu)
        if self.geste and self._recu is not None:
            valeurs = {nom: self._lu(nom) for nom in self._recu if nom != GESTE}
        self._nombres: dict[str, int] = {}
        for tableau in self._tables:
            lignes = self._lignes(tableau)
            self._nombres[tableau.cle] = len(lignes)
            valeurs.update(
                {tableau.nom(r, c): ligne.get(c) for r, ligne in enumerate(lignes) for c in tableau.champs}
            )
        return valeurs

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """Recorded values of the fields outside the tables."""
        return dict(contenu)

    def ajouter_champs(self) -> None:
        """One field for each cell, named after its line for whoever hears it."""
        for tableau in self._tables:
            for rang in range(self._nombres[tableau.cle]):
                for colonne, modele in tableau.champs.items():
                    champ = deepcopy(modele)
                    champ.court, champ.suite = modele.label, f"{tableau.ligne} {rang + 1}"  # type: ignore[attr-defined]
                    champ.label = f"{modele.label}, {tableau.ligne} {rang + 1}"
                    self.fields[tableau.nom(rang, colonne)] = champ

    def _lignes(self, tableau: Tableau) -> list[dict[str, Any]]:
        if self._recu is None:
            connues = [dict(ligne) for ligne in lignes(self.section.contenu, tableau.cle)]
            return connues[:LIGNES_MAX] or [dict(amorce) for amorce in tableau.amorces]
        annonce = _ANNONCE.fullmatch(self._lu(f"lignes-{tableau.cle}") or "")
        nombre = min(int(annonce[0]), LIGNES_MAX) if annonce else 0
        recues = [{c: self._lu(tableau.nom(r, c)) for c in tableau.champs} for r in range(nombre)]
        visee = self.geste is not None and self.geste.tableau == tableau.cle
        return self.geste.appliquer(recues) if self.geste and visee else recues

    def _lu(self, nom: str) -> str | None:
        valeur = None if self._recu is None else self._recu.get(nom)
        return nettoyer(valeur) if isinstance(valeur, str) else None

    def lignes(self, cle: str) -> list[LigneSaisie]:
        """The lines of a table, to be shown."""
        tableau = next(t for t in self._tables if t.cle == cle)
        nombre = self._nombres[cle]
        return [
            LigneSaisie(
                tableau, rang, {c: self[tableau.nom(rang, c)] for c in tableau.champs}, rang == nombre - 1
            )
            for rang in range(nombre)
        ]

    def contenu_des_tableaux(self) -> dict[str, list[dict[str, Any]]]:
        """Lines that say something, by table; a cell that is refused is left out."""
        return {t.cle: [ligne for ligne in self._saisies(t) if ligne] for t in self._tables}

    def _saisies(self, tableau: Tableau) -> list[dict[str, Any]]:
        propres = getattr(self, "cleaned_data", {})
        lignes = []
        for rang in range(self._nombres[tableau.cle]):
            ligne = {c: en_json(propres.get(tableau.nom(rang, c))) for c in tableau.champs}
            pleine = any(v not in (None, "", False) for c, v in ligne.items() if c not in tableau.amorcees)
            lignes.append(ligne if pleine else {})
        return lignes

    @property
    def apercu(self) -> Mapping[str, Any]:
        """What the figures of the page are computed from: typed if anything was sent, recorded otherwise."""
        if self._recu is None:
            return self.section.contenu
        saisi = type(self)(self._apres(), section=self.section, examen=self.examen) if self.geste else self
        saisi.is_valid()
        return saisi.contenu()

    @classmethod
    def en_clair(cls, nom: str, valeur: Any) -> Any:
        """Choices by their label, days and amounts the French way."""
        if isinstance(valeur, Mapping):
            return {cle: cls.en_clair(cle, interieure) for cle, interieure in valeur.items()}
        if isinstance(valeur, list):
            return [cls.en_clair(nom, element) for element in valeur]
        if nom in cls.choix:
            return cls.choix[nom].get(str(valeur), valeur)
        if nom in cls.jours and (lu := jour({nom: valeur}, nom)):
            return le(lu)
        if nom in cls.montants and (somme := montant({nom: valeur}, nom)) is not None:
            return euros(somme)
        return valeur

    @property
    def conseils(self) -> tuple[str, ...]:
        """What deserves a second look and stops nothing."""
        return self.conseiller(self.apercu, self.examen.contexte)

    @staticmethod
    def conseiller(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
        """The rule of the section; none by default."""
        return ()

    def _apres(self) -> QueryDict:
        """What a browser would send of the form once the gesture is made."""
        donnees = QueryDict(mutable=True)
        donnees.update({nom: str(valeur) for nom, valeur in self.initial.items() if valeur is not None})
        donnees.update({f"lignes-{cle}": str(nombre) for cle, nombre in self._nombres.items()})
        return donnees
