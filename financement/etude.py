"""A simulation as the screens read it: entry, what the register says of it, what the engine makes of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Self

from esms.aap import Edition, edition
from financement.composition.ajout import comptes_par_organisme
from financement.models import Simulation
from financement.simulation import Resultat, simuler, simuler_la_candidature
from grappes.finess import nomenclatures
from grappes.models import ImportFiness
from grappes.regles import FicheEssms
from grappes.requetes import ReferentielFiness


class ReferentielLu:
    """The register, each question asked once: what the screens and the engine read is the same thing."""

    def __init__(self, numeros: Collection[str]) -> None:
        self._finess = ReferentielFiness()
        self.fiches: Mapping[str, FicheEssms] = self._finess.etablissements(numeros) if numeros else {}
        self.geres: dict[str, int] = {}

    def etablissements(self, numeros: Collection[str]) -> Mapping[str, FicheEssms]:
        """Sheets already read."""
        return {numero: self.fiches[numero] for numero in numeros if numero in self.fiches}

    def essms_geres(self, finess_ej: Collection[str]) -> Mapping[str, int]:
        """ESSMS that each organism manages."""
        manquants = [ej for ej in finess_ej if ej not in self.geres]
        if manquants:
            self.geres.update(self._finess.essms_geres(manquants))
        return {ej: self.geres[ej] for ej in finess_ej if ej in self.geres}

    def regions_des_entites(self, finess_ej: Collection[str]) -> Mapping[str, str]:
        """Regions of the seats."""
        return self._finess.regions_des_entites(finess_ej)


@dataclass(frozen=True)
class Etude:
    """Everything the pages of one simulation show. `resultat` needs at least one ESSMS: see `vide`.

    `candidature`: it is the composition of an application, where an unnamed software is still to be chosen.
    """

    cle: str
    entree: Mapping[str, Any]
    gardee: bool
    edition: Edition
    referentiel: ReferentielLu
    candidature: bool = False

    def avec(self, entree: Mapping[str, Any]) -> Self:
        """The same study of another entry, that may not be recorded (live preview)."""
        return replace(self, entree=entree, referentiel=_referentiel(entree), gardee=False)

    @property
    def vide(self) -> bool:
        """Whether nothing can be computed yet."""
        return not self.entree["essms"]

    @cached_property
    def resultat(self) -> Resultat:
        """What the engine says of the entry."""
        moteur = simuler_la_candidature if self.candidature else simuler
        return moteur(self.entree, self.referentiel)

    @cached_property
    def comptes(self) -> Mapping[str, int]:
        """FINESS EJ → number of its ESSMS in the project, the most numerous first."""
        comptes = comptes_par_organisme(self.entree, self.referentiel.fiches)
        return dict(sorted(comptes.items(), key=lambda couple: (-couple[1], couple[0])))

    @cached_property
    def regions(self) -> list[tuple[str, str]]:
        """Code and name of the regions of the ESSMS."""
        codes = {essms.region for essms in self.resultat.projet.essms if essms.region}
        return sorted((code, nom_de_region(code)) for code in codes)

    @cached_property
    def date_finess(self) -> date | None:
        """Date of the register; None when nothing was ever imported."""
        return ImportFiness.objects.order_by("-date_fichier").values_list("date_fichier", flat=True).first()

    def nom(self, finess_et: str) -> str:
        """Name of an ESSMS; its number when the register does not know it."""
        fiche = self.referentiel.fiches.get(finess_et)
        return fiche.nom if fiche else f"ESSMS {finess_et}"


def etudier(simulation: Simulation) -> Etude:
    """Read the register for a recorded simulation. Raises EditionInconnue when its edition was withdrawn."""
    entree, gardee = simulation.entree, simulation.gardee_le is not None
    return Etude(simulation.cle, entree, gardee, edition(entree["aap"]), _referentiel(entree))


def etudier_candidature(entree: Mapping[str, Any], *, cle: str) -> Etude:
    """The same for the composition of an application, under the key of its simulation."""
    return Etude(cle, entree, False, edition(entree["aap"]), _referentiel(entree), candidature=True)


def _referentiel(entree: Mapping[str, Any]) -> ReferentielLu:
    return ReferentielLu([essms["finess_et"] for essms in entree["essms"]])


def nom_de_region(code: str) -> str:
    """Name of a region; its code when the nomenclature has none."""
    region = nomenclatures.regions().get(code)
    return region.nom if region else code
