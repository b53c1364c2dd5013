"""Reader of the 2026 JSON stream of structures: legal entities with their establishments, closed ones included.

The national file weighs hundreds of megabytes: `elements` walks its top-level arrays and decodes one entity
at a time with json's own `raw_decode`, so that memory is bounded by the largest entity.

The published stream departs from its own schema (`informationsGeneralesPMEJ` or `…Pmej`, a code or an object that
holds it): fields are read whatever their case, and coded values in both forms.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from grappes.finess import champs
from grappes.finess.modele import EntiteLue, EtablissementLu, FichierRefuse, Lu, Rejet, ValeurRefusee
from grappes.finess.numero import cle_valide, normaliser
from grappes.finess.source import ATTENDU, TRONQUE, Source

ELEMENT_MAX = 32 * 1024 * 1024  # characters; the largest legal entity of France takes about four million
_ADRESSE_DU_LIEU = "03"
_FERME = "I"
_BLANCS = " \t\r\n"


class LecteurFlux:
    """Iterate once over `lignes()`; `date` may only be known at the end, keys of an object having no order."""

    format = "json"

    def __init__(self, source: Source) -> None:
        self._source = source
        self.date: date | None = None

    @property
    def part_lue(self) -> float:
        return self._source.part_lue

    def lignes(self) -> Iterator[Lu]:
        """Entities, each followed by its establishments, and rejects. Raises FichierRefuse."""
        rang = 0
        reconnu = False
        for cle, element in elements(self._source.blocs()):
            if cle == "generatedat":
                self.date = _date_du_flux(element)
            if cle != "pmej":
                continue
            reconnu = True
            for lire, objet in _structures(element):
                rang += 1
                yield lire(rang, objet)
        if not reconnu:
            raise FichierRefuse(f"Le flux JSON ne contient aucune structure\u00a0: {ATTENDU}")


def _date_du_flux(valeur: object) -> date | None:
    try:
        return champs.jour(valeur if isinstance(valeur, str) else "", "generatedAt")
    except ValeurRefusee:
        return None


def _structures(pmej: object) -> Iterator[tuple[Any, "_Objet"]]:
    entite = _Objet(pmej)
    yield _entite, entite
    numero = _texte(entite.objet("informationsgeneralespmej").valeur("numfinesspm"))
    for etablissement in entite.liste("ege"):
        yield (lambda rang, ege: _etablissement(rang, ege, numero)), etablissement


class _Objet:
    """A JSON object read without regard to the case of its keys; anything else reads as an empty object."""

    __slots__ = ("_champs",)

    def __init__(self, brut: object) -> None:
        self._champs: Mapping[str, Any] = (
            {str(cle).lower(): valeur for cle, valeur in brut.items()} if isinstance(brut, dict) else {}
        )

    def valeur(self, cle: str) -> Any:
        return self._champs.get(cle)

    def objet(self, cle: str) -> "_Objet":
        return _Objet(self._champs.get(cle))

    def liste(self, cle: str) -> "list[_Objet]":
        brut = self._champs.get(cle)
        return [_Objet(element) for element in brut] if isinstance(brut, list) else []

    def code(self, *cles: str) -> str:
        """A coded value: `"I"` or `{"code": "I"}`."""
        for cle in cles:
            brut = self._champs.get(cle)
            brut = brut.get("code") if isinstance(brut, dict) else brut
            if brut is not None:
                return _texte(brut)
        return ""


def _texte(valeur: object, long_max: int = 200) -> str:
    if valeur is None:
        return ""
    if not isinstance(valeur, str):
        raise ValeurRefusee("une valeur n’est pas un texte")
    return champs.texte(valeur, long_max=long_max)


def _lieu(adresses: list[_Objet], numero: str) -> tuple[str, str, str, str]:
    """Postal code, town, department and region of the place itself, not of the postal address."""
    lieu = next((a for a in adresses if a.valeur("usageadresse") == _ADRESSE_DU_LIEU), None)
    lieu = lieu or (adresses[0] if adresses else _Objet({}))
    cog = _texte(lieu.valeur("cogcommune")).upper()
    longueur = 3 if cog.startswith(("97", "98")) else 2
    # Saint-Martin and Saint-Barthélemy still carry the town codes they had inside Guadeloupe.
    departement, region = champs.territoire(
        {"97127": "978", "97123": "977"}.get(cog, cog[:longueur]), "", numero
    )
    return (
        _texte(lieu.valeur("codepostal")),
        champs.commune(_texte(lieu.valeur("ligneacheminement"))),
        departement,
        region,
    )


def _fermeture(informations: _Objet, structure: _Objet) -> date | None:
    """The closing date said by the stream, or the date of the last change of a structure said inactive."""
    fermee_le = champs.jour(_texte(informations.valeur("datefermeture")), "dateFermeture")
    if fermee_le is None and structure.code("etatobjet") == _FERME:
        maj = structure.valeur("datedernieremaj")
        maj = maj.get("dateEvenement") if isinstance(maj, dict) else maj
        fermee_le = champs.jour(_texte(maj), "dateDerniereMaj")
        if fermee_le is None:
            raise ValeurRefusee("structure inactive sans date de fermeture ni de mise à jour")
    return fermee_le


def _entite(rang: int, pmej: _Objet) -> Lu:
    informations = pmej.objet("informationsgeneralespmej")
    numero = ""
    try:
        numero = champs.finess(_texte(informations.valeur("numfinesspm")), "EJ")
        nom_long = _texte(informations.valeur("denominationlonguepmsmsse"))
        nom = _texte(informations.valeur("denominationpm")) or nom_long
        if not nom:
            raise ValeurRefusee("raison sociale absente")
        code_postal, commune, departement, region = _lieu(pmej.liste("adresse"), numero)
        return EntiteLue(
            ligne=rang,
            finess_ej=numero,
            nom=nom,
            nom_long=nom_long,
            siren=_texte(informations.valeur("siren"), 20),
            statut_juridique=informations.code("statutjuridique"),
            code_postal=code_postal,
            commune=commune,
            departement=departement,
            region=region,
            cree_le=champs.jour(_texte(informations.valeur("datecreation")), "dateCreation"),
            ferme_le=_fermeture(informations, pmej),
        )
    except ValeurRefusee as erreur:
        return Rejet(rang, str(erreur), numero)


def _etablissement(rang: int, ege: _Objet, finess_ej: str) -> Lu:
    informations = ege.objet("informationsgeneralesege")
    numero = ""
    try:
        numero = champs.finess(_texte(informations.valeur("numfinessege")), "ET")
        nom_long = _texte(informations.valeur("nomegelong"))
        nom = _texte(informations.valeur("nomegecourt")) or nom_long
        if not nom:
            raise ValeurRefusee("raison sociale absente")
        code_postal, commune, departement, region = _lieu(ege.liste("adresse"), numero)
        return EtablissementLu(
            ligne=rang,
            finess_et=numero,
            finess_ej=champs.finess(finess_ej, "EJ"),
            nom=nom,
            nom_long=nom_long,
            code_postal=code_postal,
            commune=commune,
            departement=departement,
            region=region,
            categorie=champs.categorie(
                ege.code("categorieentitegeographiqueexercice", "categorieentiteexercice")
            ),
            siret=_texte(informations.valeur("siret") or ege.valeur("siret"), 20),
            ouvert_le=champs.jour(_texte(informations.valeur("dateouverture")), "dateOuverture"),
            ferme_le=_fermeture(informations, ege),
            maj_le=None,
        )
    except ValeurRefusee as erreur:
        return Rejet(rang, str(erreur), numero if cle_valide(normaliser(numero)) else "")


def elements(blocs: Iterator[bytes]) -> Iterator[tuple[str, object]]:
    """Walk the object at the top of a JSON document: each pair, and each element of the arrays it holds.

    Keys come in lower case. Raises FichierRefuse on what is not such a document, or is cut short.
    """
    tampon = _Tampon(blocs)
    tampon.attendre("{")
    signe = ","
    while signe == ",":
        if tampon.suivant() == "}":
            tampon.attendre("}")
            break
        cle = tampon.valeur()
        if not isinstance(cle, str):
            raise FichierRefuse("Le flux JSON est mal formé.")
        tampon.attendre(":")
        if tampon.suivant() == "[":
            for element in tampon.tableau():
                yield cle.lower(), element
        else:
            yield cle.lower(), tampon.valeur()
        signe = tampon.attendre(",}")
    tampon.finir()


class _Tampon:
    """Text still to decode. Reads twice as much at each failed attempt, so that the work stays linear."""

    def __init__(self, blocs: Iterator[bytes]) -> None:
        self._blocs = blocs
        self._decodeur = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._texte = ""
        self._position = 0
        self._fini = False

    def suivant(self) -> str:
        """The next sign that is not blank, left in place."""
        while True:
            while self._position < len(self._texte):
                signe = self._texte[self._position]
                if signe not in _BLANCS:
                    return signe
                self._position += 1
            if not self._lire(1):
                raise FichierRefuse(TRONQUE)

    def attendre(self, signes: str) -> str:
        signe = self.suivant()
        if signe not in signes:
            raise FichierRefuse("Le flux JSON est mal formé.")
        self._position += 1
        return signe

    def tableau(self) -> Iterator[object]:
        self.attendre("[")
        if self.suivant() == "]":
            self.attendre("]")
            return
        signe = ","
        while signe == ",":
            yield self.valeur()
            signe = self.attendre(",]")

    def valeur(self) -> object:
        self.suivant()
        while True:
            try:
                valeur, fin = self._json.raw_decode(self._texte, self._position)
            except RecursionError:
                raise FichierRefuse("Le flux JSON est mal formé (trop d’imbrications).") from None
            except ValueError:
                fin = len(self._texte)
                valeur = None
            if fin < len(self._texte):  # a number that ends with the buffer could go on after it
                self._position = fin
                return valeur
            reste = len(self._texte) - self._position
            if reste > ELEMENT_MAX:
                raise FichierRefuse("Le flux JSON contient un élément démesuré ou mal formé.")
            if not self._lire(reste):
                raise FichierRefuse(f"Le flux JSON est mal formé, ou le fichier est tronqué\u00a0: {ATTENDU}")

    def finir(self) -> None:
        while self._lire(1):
            continue
        if self._texte[self._position :].strip(_BLANCS):
            raise FichierRefuse("Le flux JSON est mal formé\u00a0: du texte suit la fin du document.")

    def _lire(self, au_moins: int) -> bool:
        """Drop what was decoded, then read `au_moins` characters or up to the end. False: nothing more."""
        morceaux = [self._texte[self._position :]]
        self._position = 0
        lus = 0
        while lus < au_moins and not self._fini:
            bloc = next(self._blocs, None)
            self._fini = bloc is None
            try:
                texte = self._decodeur.decode(bloc or b"", final=self._fini)
            except UnicodeDecodeError:
                raise FichierRefuse("Le flux JSON n’est pas en UTF-8.") from None
            morceaux.append(texte)
            lus += len(texte)
        self._texte = "".join(morceaux)
        return lus > 0
