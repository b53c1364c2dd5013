"""Asking for the balance: counts and proof for each target, statement of expenses."""

from collections.abc import Sequence
from typing import Any

from django import forms

from esms.aap.cibles import Indicateur
from instruction.regles.solde import Comptage


class DemandeDeSoldeForm(forms.Form):
    """`indicateurs`: the targets that open the balance of this project."""

    mesuree_le = forms.DateField(
        label="Date de la mesure",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Indiquez la date de la mesure.", "invalid": "Cette date n’existe pas."},
    )
    recapitulatif = forms.FileField(
        label="État récapitulatif des dépenses",
        help_text="Consolidé, visé par l’ordonnateur du porteur, appuyé sur l’état de chaque organisme.",
        allow_empty_file=True,
        error_messages={"required": "Joignez l’état récapitulatif des dépenses."},
    )

    def __init__(self, *args: Any, indicateurs: Sequence[Indicateur], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicateurs = indicateurs
        for i in indicateurs:
            self.fields[f"{i.regle}-numerateur"] = _effectif(f"{i.regle}\u00a0: {i.numerateur}")
            self.fields[f"{i.regle}-denominateur"] = _effectif(f"{i.regle}\u00a0: {i.denominateur}")
            self.fields[f"{i.regle}-retranches"] = forms.IntegerField(
                label=f"{i.regle}\u00a0: personnes retranchées (aménagement)",
                required=False,
                min_value=0,
                initial=0,
            )
            self.fields[f"{i.regle}-preuve"] = forms.FileField(
                label=f"{i.regle}\u00a0: preuve de la mesure",
                allow_empty_file=True,
                error_messages={"required": "Joignez la preuve de cette mesure."},
            )

    def lignes(self) -> list[tuple[Indicateur, list[forms.BoundField]]]:
        """Each target with its fields."""
        champs = ("numerateur", "denominateur", "retranches", "preuve")
        return [(i, [self[f"{i.regle}-{champ}"] for champ in champs]) for i in self.indicateurs]

    def comptages(self) -> dict[str, Comptage]:
        """What was counted, by rule."""
        lu = self.cleaned_data
        return {
            i.regle: Comptage(
                lu[f"{i.regle}-numerateur"], lu[f"{i.regle}-denominateur"], lu[f"{i.regle}-retranches"] or 0
            )
            for i in self.indicateurs
        }


def _effectif(libelle: str) -> forms.IntegerField:
    return forms.IntegerField(label=libelle, min_value=0, error_messages={"required": "Donnez cet effectif."})
