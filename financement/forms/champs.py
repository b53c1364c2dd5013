"""Fields that read what people really type: amounts, hours."""

from typing import Any

from django import forms

from financement.composition.colonnes import CelluleInvalide, lire_heures, lire_montant_texte
from grappes.finess.numero import erreur, normaliser


class MontantField(forms.CharField):
    """Amount in euros, « 12 345,60 € » as well as « 12345.6 »; cleaned to the contract's text, or None."""

    lecteur = staticmethod(lire_montant_texte)

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("max_length", 30)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show « 12345,6 », the French comma."""
        return value.replace(".", ",") if isinstance(value, str) else value

    def clean(self, value: Any) -> str | None:
        """Text of the contract, or None."""
        texte = super().clean(value)
        if not texte:
            return None
        try:
            return self.lecteur(texte)
        except CelluleInvalide as refus:
            raise forms.ValidationError(str(refus)) from refus


class HeuresField(MontantField):
    """Hours of the year N-1, with at most two decimals."""

    lecteur = staticmethod(lire_heures)


class FinessField(forms.CharField):
    """A FINESS number, its lost leading zero given back and its key verified; empty when not given."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=20, **options)

    def clean(self, value: Any) -> str:
        """Nine characters, or nothing."""
        numero = normaliser(super().clean(value))
        faute = erreur(numero) if numero else None
        if faute:
            raise forms.ValidationError(faute)
        return numero
