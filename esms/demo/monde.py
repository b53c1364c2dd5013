"""The fictional world: its bodies, its establishments and their FINESS numbers, read from fixtures/demo.

The numbers have a right check digit but lie in blocks that FINESS has never used, so that nobody can take
them for real ones: after the department, 98 for bodies and 99 for establishments; 97018 and 97019 overseas.
The same fixtures always give the same numbers.
"""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, islice
from typing import Any

from django.conf import settings

from grappes.finess.numero import cle_valide

FIXTURES = settings.BASE_DIR / "fixtures" / "demo"
NOMENCLATURES = settings.BASE_DIR / "fixtures" / "nomenclatures"
NOM_MAX = 38  # characters of `rs` in a cs1100502 file
BLOC_EJ, BLOC_ET = "8", "9"


@dataclass(frozen=True)
class Commune:
    """A real town: department as FINESS codes it, commune code inside the department, postal code."""

    departement: str
    libelle_departement: str
    code: str
    code_postal: str
    nom: str


@dataclass(frozen=True)
class EtablissementFictif:
    """An invented establishment; `ferme`: it has left the register since."""

    finess_et: str
    finess_ej: str
    nom: str
    categorie: str
    commune: Commune
    ferme: bool


@dataclass(frozen=True)
class Organisme:
    """An invented managing body; `cle` is its stable name in the fixtures and the tests."""

    cle: str
    finess_ej: str
    nom: str
    statut: str
    commune: Commune
    etablissements: tuple[EtablissementFictif, ...]

    def ouverts(self, *categories: str) -> tuple[str, ...]:
        """Numbers of the establishments still open, of these categories (all of them when none is given)."""
        return tuple(
            e.finess_et
            for e in self.etablissements
            if not e.ferme and (not categories or e.categorie in categories)
        )


@lru_cache
def monde() -> Mapping[str, Organisme]:
    """Every body of the world, by its key, in the order of the fixtures."""
    with (FIXTURES / "organismes.toml").open("rb") as fichier:
        decrits = tomllib.load(fichier)["organisme"]
    batisseur = _Batisseur()
    return {decrit["cle"]: batisseur.organisme(decrit) for decrit in decrits}


@lru_cache
def communes() -> Mapping[str, tuple[Commune, ...]]:
    """The towns of each department, the largest first."""
    trouvees: dict[str, list[Commune]] = {}
    with (FIXTURES / "communes.csv").open(encoding="utf8", newline="") as fichier:
        for ligne in csv.DictReader(fichier, delimiter=";"):
            commune = Commune(
                ligne["departement"], ligne["libelle"], ligne["code"], ligne["code_postal"], ligne["nom"]
            )
            trouvees.setdefault(commune.departement, []).append(commune)
    return {departement: tuple(liste) for departement, liste in trouvees.items()}


@lru_cache
def noms() -> Mapping[str, Mapping[str, Any]]:
    """Short names of the categories, labels of the legal statuses, and the names that establishments take."""
    with (FIXTURES / "noms.toml").open("rb") as fichier:
        return tomllib.load(fichier)


def numero(departement: str, bloc: str, rang: int) -> str:
    """The fictional FINESS number of this rank in a department, check digit included."""
    debut = f"9701{bloc}{rang:03}" if departement == "9A" else f"{departement}9{bloc}{rang:04}"
    return next(debut + cle for cle in "0123456789" if cle_valide(debut + cle))


class _Batisseur:
    """Hands out numbers, towns and names in the order of the fixtures."""

    def __init__(self) -> None:
        self._rangs: Counter[tuple[str, str]] = Counter()
        self._tours: Counter[str] = Counter()
        self._pris: set[str] = set()

    def organisme(self, decrit: Mapping[str, Any]) -> Organisme:
        siege = communes()[decrit["siege"]][0]
        finess_ej = self._numero(siege.departement, BLOC_EJ)
        etablissements = (
            self._etablissement(finess_ej, departement, categorie, ferme)
            for champ, ferme in (("essms", False), ("fermes", True))
            for departement, categorie in _enumerer(decrit.get(champ, {}))
        )
        return Organisme(
            decrit["cle"], finess_ej, decrit["nom"], decrit["statut"], siege, tuple(etablissements)
        )

    def _etablissement(
        self, finess_ej: str, departement: str, categorie: str, ferme: bool
    ) -> EtablissementFictif:
        rang = self._tours[departement]
        self._tours[departement] += 1
        commune = communes()[departement][rang % len(communes()[departement])]
        return EtablissementFictif(
            self._numero(departement, BLOC_ET),
            finess_ej,
            self._nom(categorie, commune),
            categorie,
            commune,
            ferme,
        )

    def _numero(self, departement: str, bloc: str) -> str:
        self._rangs[departement, bloc] += 1
        return numero(departement, bloc, self._rangs[departement, bloc])

    def _nom(self, categorie: str, commune: Commune) -> str:
        """The first free name; two establishments never share one in the same town."""
        sigle = noms()["sigles"][categorie]
        if categorie in noms()["lieux"]["categories"]:
            liste = [commune.nom, *(f"{commune.nom} {lieu}" for lieu in noms()["lieux"]["precisions"])]
            depart = 0
        else:
            liste = noms()["noms"]["liste"]
            depart = (int(categorie) + self._tours[sigle]) % len(liste)
            self._tours[sigle] += 1
        for propose in islice(cycle(liste), depart, depart + len(liste)):
            nom = f"{sigle} {propose}"[:NOM_MAX].rstrip()
            if (cle := f"{nom}|{commune.nom}") not in self._pris:
                self._pris.add(cle)
                return nom
        raise ValueError(f"Plus de nom libre pour un {sigle} à {commune.nom}.")


def _enumerer(composition: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Spell out { "31" = "500×2 354×1" } as ("31", "500"), ("31", "500"), ("31", "354")."""
    for departement, termes in composition.items():
        for terme in termes.split():
            categorie, combien = terme.split("×")
            yield from ((departement, categorie) for _ in range(int(combien)))
