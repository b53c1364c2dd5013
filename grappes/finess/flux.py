"""Reader of the 2026 JSON stream of structures: legal entities and their establishments, even closed.

The published stream departs from its own schema (`informationsGeneralesPMEJ` or `…Pmej`, a code or an object
that holds it): fields are read whatever their case, and coded values in both forms.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from grappes.finess import champs
from grappes.finess.elements import elements
from grappes.finess.modele import EntiteLue, EtablissementLu, FichierRefuse, Lu, Rejet, ValeurRefusee
from grappes.finess.numero import cle_valide, normaliser
from grappes.finess.source import ATTENDU, Source

_ADRESSE_DU_LIEU = "03"
_FERME = "I"


class LecteurFlux:
    """Iterate once over `lignes()`; `date` may be known at the end only: keys have no order in JSON."""

    format = "json"

    def __init__(self, source: Source) -> None:
        self._source = source
        self.date: date | None = None

    @property
    def part_lue(self) -> float:
        """Share of the file already read, from 0 to 1."""
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
