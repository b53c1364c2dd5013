"""Reads an edition: TOML text to typed dataclasses; what is unknown, missing or ill-typed is refused."""

import dataclasses
import hashlib
import tomllib
import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from .edition import Edition
from .regle import CATALOGUE

ENTETE = ("slug", "version")


class EditionInvalide(ValueError):
    """The file of an edition is refused; the message names the file, the key and the reason, in French."""


def charger(fichier: Path) -> Edition:
    """Edition held by `fichier`; its slug is the file's name. Raises EditionInvalide."""
    try:
        octets = fichier.read_bytes()
        donnees = tomllib.loads(octets.decode("utf8"), parse_float=Decimal)
    except OSError as erreur:
        raise EditionInvalide(f"{fichier.name} : illisible ({erreur.strerror}).") from erreur
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as erreur:
        raise EditionInvalide(f"{fichier.name} : ce n’est pas du TOML en UTF-8 ({erreur}).") from erreur
    for cle in ENTETE:
        if cle in donnees:
            raise EditionInvalide(f"{fichier.name} : {cle} : se déduit du fichier, ne s’écrit pas.")
    entete = {"slug": fichier.stem, "version": hashlib.sha256(octets).hexdigest()}
    try:
        edition: Edition = _objet(Edition, {**entete, **donnees}, "")
        edition.verifier_le_catalogue()
    except _Refus as refus:
        raise EditionInvalide(f"{fichier.name} : {refus.chemin or 'édition'} : {refus.raison}.") from refus
    except ValueError as erreur:
        raise EditionInvalide(f"{fichier.name} : édition : {erreur}.") from erreur
    return edition


class _Refus(Exception):
    def __init__(self, chemin: str, raison: str) -> None:
        super().__init__(f"{chemin} : {raison}")
        self.chemin, self.raison = chemin, raison


def _objet(classe: Any, donnees: Any, chemin: str) -> Any:
    if not isinstance(donnees, dict):
        raise _Refus(chemin, "une table est attendue")
    champs = {champ.name: champ for champ in dataclasses.fields(classe)}
    for cle in donnees:
        if cle not in champs:
            raise _Refus(_joindre(chemin, cle), "clé inconnue")
    hints = get_type_hints(classe, include_extras=True)
    valeurs = {}
    for nom, champ in champs.items():
        ici = _joindre(chemin, nom)
        if nom in donnees:
            valeurs[nom] = _valeur(hints[nom], donnees[nom], ici)
            if get_origin(hints[nom]) is Annotated:
                _verifier_regle(valeurs[nom], get_args(hints[nom])[1], ici)
        elif champ.default is dataclasses.MISSING:
            raise _Refus(ici, "manque")
    try:
        return classe(**valeurs)
    except ValueError as erreur:
        raise _Refus(chemin, str(erreur)) from erreur


def _verifier_regle(valeur: Any, attendue: str, chemin: str) -> None:
    if valeur.regle != attendue:
        raise _Refus(f"{chemin}.regle", f"{valeur.regle} au lieu de {attendue}")


def _valeur(attendu: Any, brut: Any, chemin: str) -> Any:
    origine = get_origin(attendu)
    if origine is Annotated:
        return _valeur(get_args(attendu)[0], brut, chemin)
    if origine in {Union, types.UnionType}:
        return _valeur(next(choix for choix in get_args(attendu) if choix is not type(None)), brut, chemin)
    if dataclasses.is_dataclass(attendu):
        return _objet(attendu, brut, chemin)
    if origine is None:
        return _SIMPLES[attendu](brut, chemin)
    return _GENERIQUES[origine](get_args(attendu), brut, chemin)


def _choix(permis: tuple[Any, ...], brut: Any, chemin: str) -> Any:
    if brut not in permis:
        raise _Refus(chemin, f"« {brut} » ; valeurs admises : {', '.join(map(str, permis))}")
    return brut


def _liste(arguments: tuple[Any, ...], brut: Any, chemin: str) -> tuple[Any, ...]:
    if not isinstance(brut, list):
        raise _Refus(chemin, "une liste est attendue")
    return tuple(_valeur(arguments[0], element, f"{chemin}[{rang}]") for rang, element in enumerate(brut))


def _table(arguments: tuple[Any, ...], brut: Any, chemin: str) -> Mapping[Any, Any]:
    if not isinstance(brut, dict):
        raise _Refus(chemin, "une table est attendue")
    cle, attendu = arguments
    return types.MappingProxyType(
        {
            _valeur(cle, nom, _joindre(chemin, nom)): _valeur(attendu, valeur, _joindre(chemin, nom))
            for nom, valeur in brut.items()
        }
    )


def _texte(brut: Any, chemin: str) -> str:
    if not isinstance(brut, str) or not brut.strip():
        raise _Refus(chemin, "un texte non vide est attendu")
    nom = chemin.rpartition(".")[2]
    if nom == "regle" and brut not in CATALOGUE:
        raise _Refus(chemin, f"« {brut} » n’est pas un identifiant de règle")
    if nom == "fuseau":
        return _fuseau(brut, chemin)
    return brut


def _fuseau(brut: str, chemin: str) -> str:
    try:
        return ZoneInfo(brut).key
    except (OSError, ValueError, KeyError) as erreur:
        raise _Refus(chemin, f"« {brut} » n’est pas un fuseau horaire") from erreur


def _entier(brut: Any, chemin: str) -> int:
    if type(brut) is not int:
        raise _Refus(chemin, "un entier est attendu")
    return brut


def _booleen(brut: Any, chemin: str) -> bool:
    if type(brut) is not bool:
        raise _Refus(chemin, "`true` ou `false` est attendu")
    return brut


def _decimal(brut: Any, chemin: str) -> Decimal:
    if type(brut) is int:
        return Decimal(brut)
    if isinstance(brut, Decimal) and brut.is_finite() and brut == brut.quantize(Decimal("0.01")):
        return brut
    raise _Refus(chemin, "un nombre à deux décimales au plus est attendu")


def _fraction(brut: Any, chemin: str) -> Fraction:
    try:
        return Fraction(_texte(brut, chemin))
    except (ValueError, ZeroDivisionError) as erreur:
        raise _Refus(chemin, 'une fraction telle que "1/2" est attendue') from erreur


def _date(brut: Any, chemin: str) -> date:
    if not isinstance(brut, date) or isinstance(brut, datetime):
        raise _Refus(chemin, "une date AAAA-MM-JJ est attendue")
    return brut


def _joindre(chemin: str, cle: str) -> str:
    return f"{chemin}.{cle}" if chemin else cle


_SIMPLES: dict[Any, Any] = {
    str: _texte,
    int: _entier,
    bool: _booleen,
    Decimal: _decimal,
    Fraction: _fraction,
    date: _date,
}
_GENERIQUES: dict[Any, Any] = {Literal: _choix, tuple: _liste, Mapping: _table}
