"""Small projects for the tests of the engine: right FINESS numbers, plain ESSMS, three editions."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from esms.aap import Edition, charger, edition
from grappes.finess.numero import cle_valide
from grappes.regles import Controle, Essms, Organisme, Porteur, Projet, Solution, controler

OCC = edition("occitanie-2025")
GUA = edition("guadeloupe-2022")
FICTIVE = charger(Path(__file__).parent / "aap" / "bretagne-2031.toml")
EDITIONS = (OCC, GUA, FICTIVE)

PARTAGE = Path(__file__).resolve().parents[2] / "shared"
CAS = PARTAGE / "contrats" / "cas"

GRAND, PETIT = "310781562", "970108965"


def numeros(prefixe: str = "31") -> Iterator[str]:
    """FINESS numbers with a right key, in increasing order."""
    return (
        numero
        for corps in range(10**6)
        for cle in range(10)
        if cle_valide(numero := f"{prefixe}{corps:06d}{cle}")
    )


def essms(nombre: int, prefixe: str = "31", **champs: Any) -> tuple[Essms, ...]:
    """Plain ESSMS of a large organisation of Occitanie, all known, changed by `champs`."""
    defaut = {
        "operation": "acquisition",
        "finess_ej": GRAND,
        "region": "76",
        "categorie": "500",
        "public": "PA",
        "saad": False,
    }
    return tuple(
        Essms(finess_et=numero, **{**defaut, **champs}) for numero in islice(numeros(prefixe), nombre)
    )


def projet(lignes: tuple[Essms, ...] | int = 15, **champs: Any) -> Projet:
    """Project that nothing blocks in Occitanie once it has 15 ESSMS."""
    lignes = essms(lignes) if isinstance(lignes, int) else lignes
    defaut = {
        "organismes": (Organisme(finess_ej=GRAND, region="76", essms_geres=85),),
        "porteur": Porteur(finess_ej=GRAND, region="76"),
        "solution": Solution(nom="Logiciel A", au_sad=True),
    }
    return Projet(essms=lignes, **{**defaut, **champs})


def changer(ligne: Essms, **champs: Any) -> Essms:
    return replace(ligne, **champs)


def controles(regle: str, projet: Projet, edition: Edition = OCC) -> list[Controle]:
    """Checks of one rule."""
    return [controle for controle in controler(projet, edition) if controle.regle == regle]


def verdicts(regle: str, projet: Projet, edition: Edition = OCC) -> dict[str, str]:
    """What each check of one rule bears on → verdict."""
    return {controle.portee: controle.verdict.value for controle in controles(regle, projet, edition)}


def cas_publics() -> tuple[list[str], list[dict[str, Any]]]:
    """The 60 public entries, as text, and what is expected of each; skips when the machine has them not."""
    if not CAS.is_dir():
        pytest.skip(f"cas publics absents : {CAS.name} n’est pas à côté du dépôt")
    entrees = (CAS / "entrees.jsonl").read_text(encoding="utf8").splitlines()
    attendus = (CAS / "attendus.jsonl").read_text(encoding="utf8").splitlines()
    return entrees, [json.loads(ligne) for ligne in attendus]


def entree(nombre: int = 1, **champs: Any) -> dict[str, Any]:
    """A complete entry of the contract."""
    lignes = [
        {
            "finess_et": numero,
            "finess_ej": GRAND,
            "region": "76",
            "categorie": "500",
            "public": "PA",
            "operation": "acquisition",
            "saad": False,
        }
        for numero in islice(numeros(), nombre)
    ]
    organismes = [{"finess_ej": GRAND, "region": "76", "essms_geres": 85}]
    return {
        "aap": "occitanie-2025",
        "porteur": {"finess_ej": GRAND, "region": "76"},
        "organismes": organismes,
        "essms": lignes,
        **champs,
    }
