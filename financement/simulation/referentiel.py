"""What a simulation asks of the FINESS register, and only when the entry does not say it."""

from collections.abc import Collection, Mapping
from typing import Protocol

from grappes.regles import FicheEssms


class Referentiel(Protocol):
    """A register: each question is asked at most once per simulation, with all the numbers it is about."""

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        """FINESS ET → what is known of it; unknown numbers are left out."""
        ...

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        """FINESS EJ → number of ESSMS it manages; unknown numbers are left out."""
        ...

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        """FINESS EJ → region of its seat; unknown numbers are left out."""
        ...


class ReferentielIndisponible(Exception):
    """The register cannot be read just now; the message says why and what to do, in French."""


class ReferentielEnPanne:
    """A register that failed once: it fails again at once, for whoever needs it."""

    def __init__(self, panne: ReferentielIndisponible) -> None:
        self._panne = panne

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        """Raise ReferentielIndisponible."""
        raise self._panne

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        """Raise ReferentielIndisponible."""
        raise self._panne

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        """Raise ReferentielIndisponible."""
        raise self._panne


class ReferentielVide:
    """A register that knows nothing: what the entry does not say stays to be completed."""

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        """Nothing."""
        return {}

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        """Nothing."""
        return {}

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        """Nothing."""
        return {}
