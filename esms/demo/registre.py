"""The register of the fictional world, written as FINESS publishes its own, and imported by the same road."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from esms.demo.monde import NOM_MAX, NOMENCLATURES, EtablissementFictif, Organisme, monde, noms
from grappes.actions.importer_finess import importer_finess
from grappes.models import Etablissement

OUVERT_AU_PLUS_TOT = date(1978, 1, 2)


def ecrire_entites(chemin: Path, *, au: date) -> None:
    """Write the bodies as a cs1100501 file dated `au`."""
    _ecrire(chemin, "100", au, (_ligne_ej(organisme) for organisme in monde().values()))


def ecrire_etablissements(chemin: Path, *, au: date, fermes: bool) -> None:
    """Write the establishments as a cs1100502 file dated `au`, with those that close later if `fermes`."""
    presents = (
        etablissement
        for organisme in monde().values()
        for etablissement in organisme.etablissements
        if fermes or not etablissement.ferme
    )
    _ecrire(chemin, "102", au, (_ligne_et(etablissement) for etablissement in presents))


def _ecrire(chemin: Path, flux: str, au: date, lignes: Iterable[list[str]]) -> None:
    with chemin.open("w", encoding="utf8", newline="") as fichier:
        fichier.write(f"finess;etalab;{flux};{au.isoformat()}\n")
        csv.writer(fichier, delimiter=";", lineterminator="\n").writerows(lignes)


def _ligne_ej(organisme: Organisme) -> list[str]:
    """Line of a body. Telephone, SIREN and APE stay blank: they would be somebody's."""
    commune = organisme.commune
    return [
        "structureej",
        organisme.finess_ej,
        organisme.nom[:NOM_MAX].rstrip(),
        organisme.nom,
        *("", "1", "PL", "DE LA REPUBLIQUE", "", "", ""),
        commune.code,
        f"{commune.code_postal} {commune.nom}",
        commune.departement,
        commune.libelle_departement,
        "",
        organisme.statut,
        noms()["statuts"][organisme.statut],
        *("", "", "", ""),
        "1998-03-16",
    ]


def _ligne_et(etablissement: EtablissementFictif) -> list[str]:
    """Line of an establishment. Telephone and SIRET stay blank too."""
    commune = etablissement.commune
    ouvert = ouverture(etablissement.finess_et).isoformat()
    return [
        "structureet",
        etablissement.finess_et,
        etablissement.finess_ej,
        etablissement.nom,
        etablissement.nom,
        *("", "", "12", "R", "DES ECOLES", "", ""),
        commune.code,
        commune.departement,
        commune.libelle_departement,
        f"{commune.code_postal} {commune.nom}",
        *("", ""),
        etablissement.categorie,
        _libelles()[etablissement.categorie],
        *("", "", "", "", "", "", "", ""),
        ouvert,
        ouvert,
        "2020-02-04",
        "",
    ]


def ouverture(finess_et: str) -> date:
    """A lifelike opening date, always the same for the same number."""
    return OUVERT_AU_PLUS_TOT + timedelta(days=sum(map(ord, finess_et)) * 37 % 13_500)


@lru_cache
def _libelles() -> dict[str, str]:
    with (NOMENCLATURES / "categories.csv").open(encoding="utf8", newline="") as fichier:
        return {ligne["code"]: ligne["libelle"] for ligne in csv.DictReader(fichier, delimiter=";")}


def importer(*, le: date) -> None:
    """Bring the world into the register, through two files so that some establishments have time to close.

    Nothing happens when it is there already. Above a register that holds others, such as the national one,
    the files are taken as extracts: they close nothing.
    """
    presents = Etablissement.objects.filter(finess_et__in=numeros()).count()
    if presents == len(numeros()):
        return
    seul = presents == Etablissement.objects.count()
    with TemporaryDirectory() as dossier:
        for recul, fermes in ((timedelta(days=400), True), (timedelta(days=20), False)):
            entites, etablissements = Path(dossier, "cs1100501.csv"), Path(dossier, "cs1100502.csv")
            ecrire_entites(entites, au=le - recul)
            ecrire_etablissements(etablissements, au=le - recul, fermes=fermes)
            importer_finess(fichier=entites, par=None)
            importer_finess(fichier=etablissements, par=None, partiel=fermes or not seul)


def numeros() -> tuple[str, ...]:
    """Every establishment number of the world, closed ones included."""
    return tuple(e.finess_et for organisme in monde().values() for e in organisme.etablissements)
