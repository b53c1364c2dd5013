"""Hours of the home-help services, typed again to answer a request for complements (P5, F6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from esms.aap import Edition
from financement.composition.tableau import incoherence_des_heures
from financement.forms.champs import HeuresField
from financement.forms.simulation_tables import HEURES
from grappes.regles.projet import Essms
from instruction.forms.sections.base import FormulaireDeSection
from instruction.presentation.reponses import Reponse, en_texte


@dataclass(frozen=True)
class SaisieDUnService:
    """One home-help service and its four boxes."""

    nom: str
    finess_et: str
    champs: list[forms.BoundField]


class HeuresCorrigeesForm(FormulaireDeSection):
    """One line per home-help service of the filed project; an empty box is not zero."""

    def ajouter_champs(self) -> None:
        """Total, and the three kinds of hours that count, for each service."""
        for service in self.services:
            for cle, libelle in HEURES.items():
                champ: Any = HeuresField(label=f"{libelle}, {service.nom or service.finess_et}")
                champ.court, champ.suite = libelle, service.nom or service.finess_et
                self.fields[f"{cle}_{service.finess_et}"] = champ

    def initiales(self) -> dict[str, Any]:
        """The hours read now, by box."""
        return {
            f"{cle}_{numero}": valeur
            for numero, heures in self.section.contenu.items()
            for cle, valeur in heures.items()
        }

    def clean(self) -> dict[str, Any]:
        """Each line agrees with itself."""
        propre = super().clean() or {}
        for service in self.services:
            heures = self._heures(service.finess_et)
            cause = incoherence_des_heures(heures) if heures else "Les heures de ce service manquent."
            if cause and not any(f"{cle}_{service.finess_et}" in self.errors for cle in HEURES):
                self.add_error(f"total_{service.finess_et}", cause)
        return propre

    def contenu(self) -> dict[str, Any]:
        """Hours by service, as the contract writes them."""
        return {service.finess_et: self._heures(service.finess_et) for service in self.services}

    @property
    def services(self) -> tuple[Essms, ...]:
        """Home-help services of the project."""
        return tuple(essms for essms in self.examen.resultat.projet.essms if essms.saad)

    @property
    def saisies(self) -> list[SaisieDUnService]:
        """The services with their boxes."""
        return [
            SaisieDUnService(s.nom, s.finess_et, [self[f"{cle}_{s.finess_et}"] for cle in HEURES])
            for s in self.services
        ]

    @classmethod
    def lire(cls, contenu: Mapping[str, Any], edition: Edition) -> tuple[Reponse, ...]:
        """One answer per box filled in."""
        return tuple(
            Reponse(f"{numero}.{cle}", f"{libelle}, {numero}", en_texte(heures[cle]).replace(".", ","))
            for numero, heures in sorted(contenu.items())
            for cle, libelle in HEURES.items()
            if cle in heures
        )

    def _heures(self, numero: str) -> dict[str, str]:
        donnees = self.cleaned_data
        return {cle: valeur for cle in HEURES if (valeur := donnees.get(f"{cle}_{numero}")) is not None}
