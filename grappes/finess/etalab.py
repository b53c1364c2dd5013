"""Reader of the Etalab CSV files: cs1100501 (legal entities), cs1100502 and cs1100507 (establishments).

Taken as found in the wild: `;`, `,` or tab; quoted or not; with or without the first line that dates the
file, the record type in first column, or a line of column names; followed or not by `geolocalisation` records
(cs1100507), which are skipped. Columns after the official ones are ignored.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from grappes.finess import champs
from grappes.finess.modele import EntiteLue, EtablissementLu, FichierRefuse, Lu, Rejet, ValeurRefusee
from grappes.finess.numero import cle_valide, normaliser
from grappes.finess.source import ATTENDU, TRONQUE, Source, encodage, sans_bom

COLONNES_ET = (
    "nofinesset",
    "nofinessej",
    "rs",
    "rslongue",
    "complrs",
    "compldistrib",
    "numvoie",
    "typvoie",
    "voie",
    "compvoie",
    "lieuditbp",
    "commune",
    "departement",
    "libdepartement",
    "ligneacheminement",
    "telephone",
    "telecopie",
    "categetab",
    "libcategetab",
    "categagretab",
    "libcategagretab",
    "siret",
    "codeape",
    "codemft",
    "libmft",
    "codesph",
    "libsph",
    "dateouv",
    "dateautor",
    "datemaj",
    "numuai",
)
COLONNES_EJ = (
    "nofiness",
    "rs",
    "rslongue",
    "complrs",
    "numvoie",
    "typvoie",
    "voie",
    "compvoie",
    "compldistrib",
    "lieuditbp",
    "commune",
    "ligneacheminement",
    "departement",
    "libdepartement",
    "telephone",
    "statutjuridique",
    "libstatutjuridique",
    "categetab",
    "libcategetab",
    "siren",
    "codeape",
    "datecrea",
)
_UTILES_ET = frozenset({"nofinesset", "nofinessej", "rs", "categetab", "departement"})
_UTILES_EJ = frozenset({"nofiness", "rs"})
_GENRES = ("structureet", "structureej")
_SANS_INTERET = ("geolocalisation",)
_DELIMITEURS = ";,\t"
_NOM_DE_COLONNE = b"nofiness"  # every encoding of these files writes it so


class LecteurEtalab:
    """Iterate once over `lignes()`; `date` is known when the file says it, after the first line."""

    format = "csv"

    def __init__(self, chemin: Path, source: Source) -> None:
        self._source = source
        self._encodage = encodage(chemin)
        self.date: date | None = None
        self._delimiteur = ";"
        self._entetes: dict[str, Mapping[str, int]] = {}

    @property
    def part_lue(self) -> float:
        """Share of the file already read, from 0 to 1."""
        return self._source.part_lue

    def lignes(self) -> Iterator[Lu]:
        """Establishments, entities and rejects, in the order of the file. Raises FichierRefuse."""
        reconnu = False
        largeur = 0
        for numero, octets in enumerate(self._source.lignes(), start=1):
            brut = sans_bom(octets) if numero == 1 else octets
            if numero == 1:
                self._delimiteur = _delimiteur_de(brut)
            cellules = self._cellules(brut)
            if cellules is None:
                lu: Lu | None = Rejet(numero, "caractères illisibles dans l’encodage du fichier")
            elif (
                not any(cellules)
                or self._porte_la_date(cellules)
                # Looked for in the line first: thirty columns, and their names in one line at most.
                or (_NOM_DE_COLONNE in brut.lower() and self._porte_les_noms(cellules))
            ):
                reconnu = reconnu or any(cellules)
                continue
            else:
                lu = self._lire(numero, cellules)
            incomplete = not brut.endswith((b"\n", b"\r"))
            if incomplete and (isinstance(lu, Rejet) or len(cellules or ()) < largeur):
                raise FichierRefuse(TRONQUE)
            if lu is None:
                continue
            if not reconnu and isinstance(lu, Rejet) and not lu.numero:
                raise FichierRefuse(f"Le contenu n’est pas reconnu\u00a0: {ATTENDU}")
            reconnu = True
            largeur = max(largeur, len(cellules or ()))
            yield lu

    def _cellules(self, brut: bytes) -> list[str] | None:
        try:
            ligne = brut.decode(self._encodage).rstrip("\r\n")
        except UnicodeDecodeError:
            return None
        if '"' not in ligne:
            return ligne.split(self._delimiteur)
        # One physical line at a time: a stray quote then spoils its own line, never the next ones.
        if ligne.count('"') % 2:
            return next(csv.reader([ligne], delimiter=self._delimiteur, quoting=csv.QUOTE_NONE))
        return next(csv.reader([ligne], delimiter=self._delimiteur))

    def _porte_la_date(self, cellules: Sequence[str]) -> bool:
        if [cellule.strip().lower() for cellule in cellules[:2]] != ["finess", "etalab"]:
            return False
        for cellule in cellules[2:]:
            try:
                self.date = champs.jour(cellule, "extraction") or self.date
            except ValeurRefusee:
                continue  # a version number stands beside the date
        return True

    def _porte_les_noms(self, cellules: Sequence[str]) -> bool:
        """Take a line of column names as the order of the columns; refuse it when useful ones are missing."""
        noms = [cellule.strip().strip('"').lower() for cellule in cellules]
        if "nofinesset" in noms:
            genre, utiles = "structureet", _UTILES_ET
        elif "nofiness" in noms:
            genre, utiles = "structureej", _UTILES_EJ
        else:
            return False
        if manquantes := sorted(utiles - set(noms)):
            raise FichierRefuse(f"Colonnes manquantes dans l’en-tête\u00a0: {', '.join(manquantes)}.")
        self._entetes[genre] = {nom: rang for rang, nom in enumerate(noms)}
        return True

    def _lire(self, numero: int, cellules: Sequence[str]) -> Lu | None:
        marque = cellules[0].strip().lower()
        if marque in _SANS_INTERET:
            return None
        genre = marque if marque in _GENRES else self._genre_sans_marque(cellules)
        if genre is None:
            return Rejet(numero, f"enregistrement inconnu\u00a0: «\u00a0{champs_court(cellules[0])}\u00a0»")
        lire: Callable[[int, Callable[[str], str]], Lu] = (
            _etablissement if genre == "structureet" else _entite
        )
        acces = self._acces(genre, cellules, decalage=1 if marque in _GENRES else 0)
        cle = acces("nofinesset" if genre == "structureet" else "nofiness") if acces else ""
        if acces is None:
            attendues = len(COLONNES_ET if genre == "structureet" else COLONNES_EJ)
            presentes = len(cellules) - (1 if marque in _GENRES else 0)
            cause = f"colonnes manquantes\u00a0: {presentes} au lieu de {attendues}"
            return Rejet(numero, cause, next((n for c in cellules[:2] if cle_valide(n := normaliser(c))), ""))
        try:
            return lire(numero, acces)
        except ValeurRefusee as erreur:
            return Rejet(numero, str(erreur), cle if cle_valide(cle := normaliser(cle)) else "")

    def _genre_sans_marque(self, cellules: Sequence[str]) -> str | None:
        if len(self._entetes) == 1:
            return next(iter(self._entetes))
        if not cle_valide(normaliser(cellules[0])):
            return None
        return "structureet" if len(cellules) > 1 and cle_valide(normaliser(cellules[1])) else "structureej"

    def _acces(self, genre: str, cellules: Sequence[str], *, decalage: int) -> Callable[[str], str] | None:
        """How to read a column by name; None when the line is too short to be trusted."""
        if (entete := self._entetes.get(genre)) is not None:
            if len(cellules) < len(entete):
                return None
            return lambda nom: cellules[entete[nom]] if nom in entete else ""
        rangs, dernier = (_RANGS_ET, "datemaj") if genre == "structureet" else (_RANGS_EJ, "datecrea")
        if len(cellules) <= rangs[dernier] + decalage:
            return None
        return lambda nom: cellules[rangs[nom] + decalage]


_RANGS_ET = {nom: rang for rang, nom in enumerate(COLONNES_ET)}
_RANGS_EJ = {nom: rang for rang, nom in enumerate(COLONNES_EJ)}


def champs_court(valeur: str) -> str:
    """A field as it can be shown in a message."""
    propre = "".join(caractere for caractere in valeur if caractere.isprintable())
    return propre if len(propre) <= 20 else propre[:20] + "…"


def _delimiteur_de(premiere: bytes) -> str:
    return max(_DELIMITEURS, key=lambda signe: premiere.count(signe.encode()))


def _etablissement(numero: int, valeur: Callable[[str], str]) -> EtablissementLu:
    finess_et = champs.finess(valeur("nofinesset"), "ET")
    nom, nom_long = champs.texte(valeur("rs")), champs.texte(valeur("rslongue"))
    if not (nom or nom_long):
        raise ValeurRefusee("raison sociale absente")
    code_postal, commune = champs.acheminement(valeur("ligneacheminement"))
    departement, region = champs.territoire(
        valeur("departement").strip().upper(), valeur("commune").strip(), finess_et
    )
    return EtablissementLu(
        ligne=numero,
        finess_et=finess_et,
        finess_ej=champs.finess(valeur("nofinessej"), "EJ"),
        nom=nom or nom_long,
        nom_long=nom_long,
        code_postal=code_postal,
        commune=commune,
        departement=departement,
        region=region,
        categorie=champs.categorie(valeur("categetab")),
        siret=champs.texte(valeur("siret"), long_max=20),
        ouvert_le=champs.jour(valeur("dateouv"), "dateouv"),
        ferme_le=None,
        maj_le=champs.jour(valeur("datemaj"), "datemaj"),
    )


def _entite(numero: int, valeur: Callable[[str], str]) -> EntiteLue:
    finess_ej = champs.finess(valeur("nofiness"), "EJ")
    nom, nom_long = champs.texte(valeur("rs")), champs.texte(valeur("rslongue"))
    if not (nom or nom_long):
        raise ValeurRefusee("raison sociale absente")
    code_postal, commune = champs.acheminement(valeur("ligneacheminement"))
    departement, region = champs.territoire(
        valeur("departement").strip().upper(), valeur("commune").strip(), finess_ej
    )
    return EntiteLue(
        ligne=numero,
        finess_ej=finess_ej,
        nom=nom or nom_long,
        nom_long=nom_long,
        siren=champs.texte(valeur("siren"), long_max=20),
        statut_juridique=champs.texte(valeur("statutjuridique"), long_max=10),
        code_postal=code_postal,
        commune=commune,
        departement=departement,
        region=region,
        cree_le=champs.jour(valeur("datecrea"), "datecrea"),
        ferme_le=None,
    )
