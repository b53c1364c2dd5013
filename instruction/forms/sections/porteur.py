"""Section « Porteur »: what the FINESS register knows is shown; only the rest is asked."""

import re
from typing import Any

from django import forms

from instruction.forms.sections.base import FormulaireDeSection
from instruction.regles.candidature.porteur import refus_du_siret

_SEPARATEURS = re.compile(r"[\s.\-]+")


class PorteurForm(FormulaireDeSection):
    """SIRET and postal address (the register has neither), and what the register has wrong."""

    siret = forms.CharField(
        label="Numéro SIRET du siège",
        help_text="14 chiffres\u00a0: les 9 du SIREN, puis les 5 de l’établissement.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    adresse = forms.CharField(
        label="Adresse du siège\u00a0: numéro et voie (facultatif)",
        help_text="Le code postal et la commune viennent du référentiel FINESS.",
    )
    corrections = forms.CharField(
        label="Ce qui a changé depuis le référentiel FINESS (facultatif)",
        help_text="Nouveau nom, fusion, changement de siège\u00a0: l’ARS en tiendra compte.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def clean_siret(self) -> str:
        """Digits only; its key and the SIREN of the register must agree."""
        siret = _SEPARATEURS.sub("", str(self.cleaned_data["siret"]))
        siren = self.examen.porteur.siren if self.examen.porteur else ""
        if siret and (refus := refus_du_siret(siret, siren)):
            raise forms.ValidationError(refus)
        return siret

    def connu(self) -> list[tuple[str, str]]:
        """What is known of the porteur, label and value: shown, never asked."""
        entite = self.examen.porteur
        tva: dict[Any, str] = {True: "récupérée (base hors taxes)", False: "non récupérée (base TTC)"}
        declaree = (self.examen.entree["porteur"] or {}).get("tva_recuperee")
        lignes = [
            ("Organisme", self.examen.dossier.nom_porteur),
            ("FINESS juridique", self.examen.dossier.organisme),
        ]
        if entite is not None:
            lieu = f"{entite.code_postal} {entite.commune}".strip()
            lignes += [("SIREN", entite.siren), ("Commune du siège", lieu)]
        regime = tva.get(declaree, "à préciser dans la grappe")
        return [(nom, valeur) for nom, valeur in (*lignes, ("TVA", regime)) if valeur]
