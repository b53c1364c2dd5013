"""Small made-up FINESS files, with right keys, in each published format."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from grappes.finess.etalab import COLONNES_EJ, COLONNES_ET
from grappes.finess.numero import cle_valide

DONNEES = Path(__file__).resolve().parents[3] / "shared" / "donnees"
NATIONAL = DONNEES / "etalab-cs1100502-stock-20210108-reconstitue.csv.gz"
OCCITANIE_GUADELOUPE = DONNEES / "etalab-cs1100502-essms-occ-gua-reconstitue-latin1.csv"
EXTRAIT_2026 = DONNEES / "etalab-cs1100502-stock-20260512-extrait8.csv"
FLUX_2026 = DONNEES / "finess-structures-mensuel-202607-echantillon.json.gz"

donnees_reelles = pytest.mark.skipif(
    not DONNEES.is_dir(), reason="les fichiers FINESS réels (../shared/donnees) manquent"
)


def numero(debut: str) -> str:
    """The FINESS number that starts with these eight signs."""
    return next(entier for cle in "0123456789" if cle_valide(entier := debut + cle))


EJ_A, EJ_B = numero("31078000"), numero("34078000")


def cle_fausse(numero_: str) -> str:
    """What is said of a number whose key is wrong."""
    return f"La clé du numéro FINESS «\u00a0{numero_}\u00a0» est fausse\u202f: un chiffre a été mal saisi."


def pas_un_numero(texte: str) -> str:
    """What is said of a text that is not a number."""
    return f"«\u00a0{texte}\u00a0» n’est pas un numéro FINESS (9 chiffres, ou 2A ou 2B puis 7 chiffres)."


def et(rang: int, departement: str = "31") -> str:
    """Number of the establishment of that rank."""
    return numero(f"{departement}{rang:06d}")


def cellules_et(finess_et: str, **valeurs: str) -> list[str]:
    """The 31 cells of an establishment; what is not given is plausible."""
    ligne = dict.fromkeys(COLONNES_ET, "")
    ligne.update(
        nofinesset=finess_et,
        nofinessej=EJ_A,
        rs=f"EHPAD {finess_et}",
        commune="555",
        departement=finess_et[:2],
        ligneacheminement="31059 TOULOUSE CEDEX 9",
        categetab="500",
        dateouv="2001-01-01",
        datemaj="2020-12-31",
    )
    ligne.update(valeurs)
    return list(ligne.values())


def cellules_ej(finess_ej: str, **valeurs: str) -> list[str]:
    """The 22 cells of a legal entity."""
    ligne = dict.fromkeys(COLONNES_EJ, "")
    ligne.update(
        nofiness=finess_ej,
        rs="ASSOCIATION A",
        departement="31",
        commune="555",
        ligneacheminement="31000 TOULOUSE",
        statutjuridique="60",
        siren="775586662",
        datecrea="1975-05-01",
    )
    ligne.update(valeurs)
    return list(ligne.values())


def csv_et(lignes: Iterable[list[str]], jour: str = "2024-01-01") -> str:
    """A cs1100502 file."""
    corps = "".join(";".join(["structureet", *cellules]) + "\n" for cellules in lignes)
    return f"finess;etalab;110;{jour}\n{corps}"


def csv_ej(lignes: Iterable[list[str]], jour: str = "2024-01-01") -> str:
    """A cs1100501 file."""
    corps = "".join(";".join(["structureej", *cellules]) + "\n" for cellules in lignes)
    return f"finess;etalab;94;{jour}\n{corps}"


def ege(finess_et: str, **valeurs: Any) -> dict[str, Any]:
    """An establishment of the JSON stream."""
    return {
        "informationsGeneralesEGE": {
            "numFinessEge": finess_et,
            "nomEgeCourt": valeurs.get("nom", f"EHPAD {finess_et}"),
            "nomEgeLong": None,
            "dateOuverture": "2001-01-01",
            "dateFermeture": valeurs.get("ferme_le"),
            "siret": None,
        },
        "categorieentiteGeographiqueExercice": valeurs.get("categorie", "500"),
        "adresse": [
            {
                "usageAdresse": "04",
                "cogCommune": "75056",
                "codePostal": "75001",
                "ligneAcheminement": "PARIS",
            },
            {
                "usageAdresse": "03",
                "cogCommune": valeurs.get("cog", "31555"),
                "codePostal": "31059",
                "ligneAcheminement": "TOULOUSE CEDEX 9",
            },
        ],
        "etatObjet": "I" if valeurs.get("ferme_le") else "A",
        "dateDerniereMaj": "2020-01-01 00:00:00",
    }


def pmej(finess_ej: str, eges: list[dict[str, Any]], **valeurs: Any) -> dict[str, Any]:
    """A legal entity of the JSON stream."""
    return {
        "informationsGeneralesPMEJ": {
            "numFinessPm": finess_ej,
            "denominationPm": valeurs.get("nom", "ASSOCIATION A"),
            "denominationLonguePmSmsse": None,
            "dateCreation": "1900-01-01",
            "dateFermeture": valeurs.get("ferme_le"),
            "siren": "775586662",
            "statutJuridique": {"code": "60"},
        },
        "adresse": [{"usageAdresse": "02", "cogCommune": "31555", "codePostal": "31000"}],
        "ege": eges,
        "etatObjet": {"code": "I" if valeurs.get("ferme_le") else "A"},
        "dateDerniereMaj": "2019-03-04 00:00:00",
    }


def flux(entites: list[dict[str, Any]], jour: str = "2024-06-01") -> str:
    """A JSON stream of structures."""
    return json.dumps(
        {
            "schemaVersion": "v1.0.0",
            "generatedAt": f"{jour}T02:07:30.5Z",
            "gco": [{"pmSmsseId": "1"}],
            "gcc": [],
            "pmej": entites,
        },
        ensure_ascii=False,
        indent=1,
    )
