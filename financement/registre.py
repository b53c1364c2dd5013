"""The register as the command line reads it: a failure of the database is a French sentence."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from django.db import DatabaseError, OperationalError

from financement.simulation import ReferentielIndisponible
from grappes.regles import FicheEssms
from grappes.requetes import ReferentielFiness

Reponse = TypeVar("Reponse")

TABLE_ABSENTE = "42P01"
"""SQLSTATE of PostgreSQL for a table that does not exist."""


class RegistreFiness:
    """The register on the database; each method raises ReferentielIndisponible when it cannot be read."""

    def __init__(self) -> None:
        self._referentiel = ReferentielFiness()

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        """What is known of each number."""
        return _lire(self._referentiel.etablissements, numeros)

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        """Number of ESSMS of each organism."""
        return _lire(self._referentiel.essms_geres, finess_ej)

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        """Region of the seat of each organism."""
        return _lire(self._referentiel.regions_des_entites, finess_ej)


def _lire(question: Callable[[Collection[str]], Reponse], numeros: Collection[str]) -> Reponse:
    try:
        return question(numeros)
    except DatabaseError as erreur:
        raise ReferentielIndisponible(
            f"L’entrée ne dit pas tout et le référentiel FINESS {_panne(erreur)}"
        ) from erreur


def _panne(erreur: DatabaseError) -> str:
    if getattr(erreur.__cause__, "sqlstate", None) == TABLE_ABSENTE:
        return "n’est pas installé dans cette base\u00a0: lancez python manage.py migrate."
    if isinstance(erreur, OperationalError):
        return "est injoignable\u00a0: démarrez la base ou vérifiez DATABASE_URL."
    return "ne se lit pas\u00a0: voyez le journal de la base."
