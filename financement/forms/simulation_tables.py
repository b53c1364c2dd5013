"""Answers of many ESSMS on one screen: hours of the home-help services, equipment of the small organisms."""

from abc import ABCMeta, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass

from financement.composition.tableau import incoherence_des_heures
from financement.forms.champs import HeuresField, MontantField

HEURES = {
    "total": "Heures totales",
    "apa": "Heures APA",
    "pch": "Heures PCH",
    "dependance_autre": "Heures de dépendance hors APA et PCH",
}


class _MetaDeTable(DeclarativeFieldsMetaclass, ABCMeta):
    """Django's metaclass of forms and that of abstract classes, in one."""


class TableForm(forms.Form, metaclass=_MetaDeTable):
    """One line of fields per ESSMS, named `<champ>_<FINESS ET>`. `essms`: what the entry says of each."""

    def __init__(self, donnees: Any = None, *, essms: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(donnees)
        self.numeros = tuple(un["finess_et"] for un in essms)
        for un in essms:
            for nom, champ in self.ligne(un).items():
                self.fields[f"{nom}_{un['finess_et']}"] = champ

    @abstractmethod
    def ligne(self, essms: Mapping[str, Any]) -> dict[str, forms.Field]:
        """Fields of one ESSMS."""

    @abstractmethod
    def changements(self, finess_et: str) -> dict[str, Any]:
        """What is said of one ESSMS, in the terms of the contract."""

    def valeur(self, nom: str, finess_et: str) -> Any:
        """Cleaned value of a cell."""
        return self.cleaned_data.get(f"{nom}_{finess_et}")


class HeuresTable(TableForm):
    """Hours of the year N-1 of each home-help service (E18, F6). An empty box is not zero."""

    def ligne(self, essms: Mapping[str, Any]) -> dict[str, forms.Field]:
        """Total, and the three kinds of hours that count."""
        dites = essms.get("heures") or {}
        return {
            cle: HeuresField(label=f"{libelle}, {essms['finess_et']}", initial=dites.get(cle))
            for cle, libelle in HEURES.items()
        }

    def clean(self) -> dict[str, Any]:
        """Each line agrees with itself."""
        propre = super().clean() or {}
        for numero in self.numeros:
            heures = self._heures(numero)
            cause = incoherence_des_heures(heures) if heures else None
            if cause and not any(f"{cle}_{numero}" in self.errors for cle in HEURES):
                self.add_error(f"total_{numero}", cause)
        return propre

    def changements(self, finess_et: str) -> dict[str, Any]:
        """Its hours; none typed: not said."""
        return {"heures": self._heures(finess_et) or None}

    def _heures(self, numero: str) -> dict[str, str]:
        return {cle: valeur for cle in HEURES if (valeur := self.valeur(cle, numero)) is not None}


class EquipementTable(TableForm):
    """Equipment asked for each ESSMS of a small organism (F4), with its quotes when there are any."""

    def ligne(self, essms: Mapping[str, Any]) -> dict[str, forms.Field]:
        """Wanted or not, quote without and with taxes."""
        numero, demande = essms["finess_et"], essms.get("materiel")
        montants = demande or {}
        return {
            "materiel": forms.BooleanField(
                label=f"Équipement demandé, {numero}", required=False, initial=demande is not None
            ),
            "ht": MontantField(label=f"Devis hors taxes, {numero}", initial=montants.get("demande_ht")),
            "ttc": MontantField(
                label=f"Devis toutes taxes comprises, {numero}", initial=montants.get("demande_ttc")
            ),
        }

    def changements(self, finess_et: str) -> dict[str, Any]:
        """An amount asks for equipment by itself."""
        montants = {"demande_ht": self.valeur("ht", finess_et), "demande_ttc": self.valeur("ttc", finess_et)}
        demande = {cle: montant for cle, montant in montants.items() if montant is not None}
        return {"materiel": demande if demande or self.valeur("materiel", finess_et) else None}
