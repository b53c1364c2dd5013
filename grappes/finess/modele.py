"""What the readers of FINESS files hand over, whatever the format of the file."""

from datetime import date
from typing import NamedTuple


class FichierRefuse(Exception):
    """The whole file is refused; the message is a French sentence meant for the operator."""


class EtablissementLu(NamedTuple):
    """One establishment. `ligne`: line of the CSV file, or rank in the stream, from 1."""

    ligne: int
    finess_et: str
    finess_ej: str
    nom: str
    nom_long: str
    code_postal: str
    commune: str
    departement: str
    region: str
    categorie: str
    siret: str
    ouvert_le: date | None
    ferme_le: date | None
    maj_le: date | None


class EntiteLue(NamedTuple):
    """One legal entity (organisme gestionnaire)."""

    ligne: int
    finess_ej: str
    nom: str
    nom_long: str
    siren: str
    statut_juridique: str
    code_postal: str
    commune: str
    departement: str
    region: str
    cree_le: date | None
    ferme_le: date | None


class Rejet(NamedTuple):
    """A line that is not taken, and why. `numero` is the FINESS number when it could be read, else empty."""

    ligne: int
    cause: str
    numero: str = ""


class ValeurRefusee(Exception):
    """A field makes its line unusable; the message becomes the cause of the `Rejet`."""


Lu = EtablissementLu | EntiteLue | Rejet
