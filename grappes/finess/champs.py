"""Reading of single fields, shared by the CSV and JSON readers."""

import re
from datetime import date
from functools import lru_cache

from grappes.finess.modele import ValeurRefusee
from grappes.finess.nomenclatures import departement, departement_du_numero
from grappes.finess.numero import erreur, normaliser

DATE_ABSENTE = date(1900, 1, 1)  # how FINESS writes "no date"
_CEDEX = re.compile(r"\s+CEDEX\b.*$", re.IGNORECASE)
_ACHEMINEMENT = re.compile(r"([0-9][0-9AB][0-9]{3})\s+(.*)")
_CATEGORIE = re.compile(r"[0-9]{3}")
_INTERDITS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def texte(valeur: str | None, *, long_max: int = 200) -> str:
    """Collapse blanks. Raises ValeurRefusee on control characters or on what no FINESS field can hold."""
    if not valeur:
        return ""
    if _INTERDITS.search(valeur):
        raise ValeurRefusee("caractère de contrôle dans la ligne")
    propre = " ".join(valeur.split())
    if len(propre) > long_max:
        raise ValeurRefusee(f"champ de {len(propre)} caractères, {long_max} au plus")
    return propre


def finess(valeur: str | None, quoi: str) -> str:
    """A FINESS number whose key is right; `quoi` (ET or EJ) is for the message."""
    numero = normaliser(valeur or "")
    if not numero:
        raise ValeurRefusee(f"numéro FINESS {quoi} absent")
    if (probleme := erreur(numero)) is not None:
        raise ValeurRefusee(f"{quoi}\u00a0: {probleme}")
    return numero


@lru_cache(maxsize=65536)
def jour(valeur: str | None, quoi: str) -> date | None:
    """A date YYYY-MM-DD, a time after it ignored. `1900-01-01` and blank are no date."""
    if not valeur or not valeur.strip():
        return None
    try:
        lu = date.fromisoformat(valeur.strip()[:10])
    except ValueError:
        raise ValeurRefusee(f"date illisible ({quoi})\u00a0: «\u00a0{valeur.strip()[:20]}\u00a0»") from None
    return None if lu == DATE_ABSENTE else lu


def categorie(valeur: str | None) -> str:
    """A category code; whether it is in the nomenclature is another matter."""
    code = (valeur or "").strip()
    if not _CATEGORIE.fullmatch(code):
        raise ValeurRefusee(
            f"catégorie illisible\u00a0: «\u00a0{code[:20]}\u00a0»" if code else "catégorie absente"
        )
    return code


@lru_cache(maxsize=65536)
def acheminement(ligne: str) -> tuple[str, str]:
    """Split "31059 TOULOUSE CEDEX 9" into postal code and town, the CEDEX left out."""
    propre = texte(ligne)
    if (lu := _ACHEMINEMENT.fullmatch(propre)) is not None:
        return lu[1], commune(lu[2])
    return "", commune(propre)


def commune(libelle: str) -> str:
    """The town without its CEDEX."""
    return _CEDEX.sub("", libelle)


@lru_cache(maxsize=65536)
def territoire(code_departement: str, code_commune: str, numero: str) -> tuple[str, str]:
    """INSEE department and region; from the FINESS number when the file does not say; blank when unknown."""
    trouve = (
        departement(code_departement, code_commune) if code_departement else departement_du_numero(numero)
    )
    return (trouve.code, trouve.region) if trouve is not None else ("", "")


def siret_valide(siret: str) -> bool:
    """Luhn over fourteen digits, or the sum rule that La Poste uses instead."""
    if len(siret) != 14 or not (siret.isascii() and siret.isdigit()):
        return False
    if siret.startswith("356000000"):
        return sum(map(int, siret)) % 5 == 0
    somme = 0
    for rang, chiffre in enumerate(reversed(siret)):
        valeur = int(chiffre) * (1 + rang % 2)
        somme += valeur - 9 if valeur > 9 else valeur
    return somme % 10 == 0
