"""The 13 cyber measures, as an invited organism answers them for itself on its own page."""

from typing import Any

from django import forms
from django.http import QueryDict

from esms.socle.listes import Select
from instruction.forms.sections.champs import ChoixField, texte_court
from instruction.forms.sections.saisie import DonneesNettoyees
from instruction.models import Section
from instruction.regles.candidature import si

SANS = "Sans réponse"


class MesuresForm(forms.Form):
    """One list per measure, over the version of the section that was read. Nothing is required."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: QueryDict | None = None, *, finess_ej: str, section: Section) -> None:
        self.finess_ej = finess_ej
        nettoyees: Any = None if data is None else DonneesNettoyees(data)
        initiales = {**si.reponse_de(section.contenu, finess_ej), "version": section.version}
        super().__init__(nettoyees, initial=initiales, auto_id=f"id_{finess_ej}_%s")
        for cle, libelle in si.MESURES.items():
            self.fields[si.colonne(cle)] = ChoixField(
                si.ETATS_MESURE,
                vide=SANS,
                label=f"{cle}. {libelle}",
                required=False,
                widget=Select(attrs={"class": "fr-select"}),
            )
        commentaire = texte_court("Commentaire (facultatif)")
        commentaire.required = False
        self.fields["commentaire"] = commentaire

    def clean(self) -> dict[str, Any]:
        """An answer to one measure at least: a comment alone answers nothing."""
        propre = super().clean() or self.cleaned_data
        if not self.errors and not any(propre.get(si.colonne(cle)) for cle in si.MESURES):
            self.add_error(si.colonne("1"), "Répondez à une mesure au moins.")
        return propre

    @property
    def reponse(self) -> dict[str, str]:
        """What is answered, by column of the section; the form is valid."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom != "version" and valeur}

    @property
    def mesures(self) -> list[forms.BoundField]:
        """The lists of the 13 measures."""
        return [self[si.colonne(cle)] for cle in si.MESURES]
