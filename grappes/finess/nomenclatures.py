"""Reference tables of the register: categories, departments, regions and their ARS.

They are files of the project (fixtures/nomenclatures/), read once per process, and the only place that says
what a category is: article L.312-1, public, home help. The import, the screens and the engine read it here.
What depends on a call for projects (publics it takes, thresholds…) is in fixtures/aap/. Pure.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from esms.aap.eligibilite import Public

DOSSIER = Path(__file__).resolve().parents[2] / "fixtures" / "nomenclatures"
_PUBLICS: tuple[Public, ...] = get_args(Public)


@dataclass(frozen=True, slots=True)
class Categorie:
    """A FINESS category. `public` is None outside article L.312-1."""

    code: str
    libelle: str
    l312_1: bool
    public: Public | None
    saad: bool


@dataclass(frozen=True, slots=True)
class Departement:
    """`code` is the INSEE code ("971", "2A"); `code_finess` the one FINESS files use ("9A")."""

    code: str
    nom: str
    region: str
    code_finess: str
    prefixe_numero: str
    commune_finess: str


@dataclass(frozen=True, slots=True)
class Region:
    """`ars` is empty for the territories that have none; `fuseau` is an IANA time zone."""

    code: str
    nom: str
    ars: str
    fuseau: str


def _table(nom: str) -> Iterator[dict[str, str]]:
    with (DOSSIER / nom).open(encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier, delimiter=";")


@cache
def version() -> str:
    """SHA-256 of the bytes of the table of categories: what the engine reads besides an edition."""
    return hashlib.sha256((DOSSIER / "categories.csv").read_bytes()).hexdigest()


@cache
def categories() -> Mapping[str, Categorie]:
    """By code."""
    return MappingProxyType(
        {
            ligne["code"]: Categorie(
                code=ligne["code"],
                libelle=ligne["libelle"],
                l312_1=ligne["l312_1"] == "oui",
                public=_public(ligne),
                saad=ligne["saad"] == "oui",
            )
            for ligne in _table("categories.csv")
        }
    )


def _public(ligne: Mapping[str, str]) -> Public | None:
    """Raises ValueError, at the first reading, for a public that no edition could name."""
    brut = ligne["public"]
    public = next((connu for connu in _PUBLICS if connu == brut), None)
    if public is None and brut:
        raise ValueError(f"categories.csv\u00a0: {ligne['code']}\u00a0: public inconnu «\u00a0{brut}\u00a0»")
    return public


@cache
def categories_l312_1() -> tuple[str, ...]:
    """Codes of article L.312-1 CASF (rule E1), those since closed to new openings included."""
    return tuple(sorted(code for code, categorie in categories().items() if categorie.l312_1))


@cache
def departements() -> Mapping[str, Departement]:
    """By INSEE code."""
    return MappingProxyType({ligne["code"]: Departement(**ligne) for ligne in _table("departements.csv")})


@cache
def regions() -> Mapping[str, Region]:
    """By INSEE code."""
    return MappingProxyType({ligne["code"]: Region(**ligne) for ligne in _table("regions.csv")})


@cache
def _departement_par_code() -> Mapping[str, Departement]:
    """By INSEE code, FINESS code, and FINESS code with town where one code covers several territories."""
    par_code: dict[str, Departement] = {}
    for departement in departements().values():
        par_code[departement.code] = departement
        par_code[departement.code_finess + departement.commune_finess] = departement
    par_code.pop("", None)
    return MappingProxyType(par_code)


def departement(code: str, commune: str = "") -> Departement | None:
    """The department of a FINESS ("9A") or INSEE ("971") code; None when unknown.

    `commune` (three digits) tells Saint-Martin and Saint-Barthélemy from Guadeloupe, coded alike.
    """
    par_code = _departement_par_code()
    return par_code.get(code + commune) or par_code.get(code)


@cache
def _departement_par_prefixe() -> Mapping[str, Departement]:
    par_prefixe: dict[str, Departement] = {}
    for departement_ in departements().values():
        if departement_.prefixe_numero:
            par_prefixe.setdefault(departement_.prefixe_numero, departement_)
    return MappingProxyType(par_prefixe)


def departement_du_numero(numero: str) -> Departement | None:
    """The department that allotted a FINESS number: four digits overseas (9701, 9805), two elsewhere."""
    par_prefixe = _departement_par_prefixe()
    return par_prefixe.get(numero[:4]) or par_prefixe.get(numero[:2])
