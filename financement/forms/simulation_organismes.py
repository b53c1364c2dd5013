"""The managing organisms of a simulation, one page of them at a time."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from financement.forms.simulation_lot import JUSTIFICATION_MAX
from grappes.finess import nomenclatures

ESSMS_GERES_MAX = 99_999


class OrganismesForm(forms.Form):
    """For each organism of the page: ESSMS managed (empty: register's count), national entity; porteur."""

    porteur = forms.CharField(max_length=9)

    def __init__(
        self,
        donnees: Any = None,
        *,
        finess_ej: Sequence[str],
        dits: Mapping[str, Mapping[str, Any]],
        porteur: str,
        sieges_inconnus: Collection[str] = (),
        porteur_fixe: bool = False,
        justifications: Mapping[str, str] | None = None,
    ) -> None:
        """`justifications`: by FINESS EJ, why a total was corrected; None where nothing is justified."""
        super().__init__(donnees, initial={"porteur": porteur})
        self.finess_ej = finess_ej
        if porteur_fixe:
            del self.fields["porteur"]
        for ej in finess_ej:
            dit = dits.get(ej, {})
            self.fields[f"essms_geres_{ej}"] = forms.IntegerField(
                label=f"Nombre d’ESSMS gérés par l’organisme {ej}",
                required=False,
                min_value=1,
                max_value=ESSMS_GERES_MAX,
                initial=dit.get("essms_geres"),
            )
            if ej in sieges_inconnus or dit.get("region"):
                self.fields[f"region_{ej}"] = _champ_du_siege(ej, dit.get("region", ""))
            self.fields[f"entite_nationale_{ej}"] = forms.BooleanField(
                label=f"L’organisme {ej} relève d’une entité nationale",
                required=False,
                initial=dit.get("entite_nationale", False),
            )
            if justifications is not None:
                self.fields[f"justification_{ej}"] = forms.CharField(
                    label=f"Justification du nombre corrigé de l’organisme {ej}",
                    required=False,
                    max_length=JUSTIFICATION_MAX,
                    initial=justifications.get(ej, ""),
                )

    def changements(self) -> dict[str, dict[str, Any]]:
        """By FINESS EJ, what is said of the organism."""
        return {ej: self._dit(ej) for ej in self.finess_ej}

    def justifications(self) -> Mapping[str, str]:
        """FINESS EJ → why its total is not the register's."""
        champs = {ej: f"justification_{ej}" for ej in self.finess_ej}
        return {ej: self.cleaned_data[champ] for ej, champ in champs.items() if champ in self.fields}

    def _dit(self, ej: str) -> dict[str, Any]:
        propre = self.cleaned_data
        siege = {"region": propre[f"region_{ej}"] or None} if f"region_{ej}" in self.fields else {}
        return {
            "essms_geres": propre[f"essms_geres_{ej}"],
            "entite_nationale": propre[f"entite_nationale_{ej}"],
            **siege,
        }


def _champ_du_siege(ej: str, region: str) -> forms.ChoiceField:
    """Region of the seat, asked only when the register does not know it."""
    choix = [(r.code, r.nom) for r in nomenclatures.regions().values() if r.ars]
    return forms.ChoiceField(
        label=f"Région du siège de l’organisme {ej}",
        required=False,
        choices=[("", "À préciser"), *choix],
        initial=region,
    )
