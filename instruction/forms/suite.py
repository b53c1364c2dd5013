"""Gestures that end something: each typed, and confirmed where it cannot be undone."""

from collections.abc import Sequence
from typing import Any

from django import forms

from financement.forms.convention import VersementForm


class DesistementForm(forms.Form):
    """Giving up: why, and that one means it."""

    motif = forms.CharField(
        label="Motif du désistement",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez le motif que lira l’ARS."},
    )
    confirme = forms.BooleanField(
        label="Je confirme le désistement. Il est définitif.",
        error_messages={"required": "Cochez cette case pour confirmer le désistement."},
    )


class ReorientationForm(forms.Form):
    """Where the dossier goes, and why."""

    guichet = forms.ChoiceField(
        label="Guichet destinataire", error_messages={"required": "Choisissez le guichet."}
    )
    motif = forms.CharField(
        label="Motif de la réorientation",
        help_text="Le porteur lira ce motif.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez le motif que lira le porteur."},
    )

    def __init__(self, *args: Any, guichets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guichet"].choices = [("", "Choisir…"), *guichets]  # type: ignore[attr-defined]


class ListeComplementaireForm(forms.Form):
    """Rank on the list, and what to say with it."""

    rang = forms.IntegerField(
        label="Rang sur la liste complémentaire",
        min_value=1,
        error_messages={"required": "Donnez le rang.", "min_value": "Le rang commence à 1."},
    )
    motif = forms.CharField(
        label="Observations", required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class RejetForm(forms.Form):
    """Why a request for the balance is rejected."""

    motif = forms.CharField(
        label="Motif du rejet",
        help_text="Le porteur lira ce motif, puis pourra présenter une nouvelle demande.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez le motif que lira le porteur."},
    )


class SoldeVerseForm(VersementForm):
    """Date and reference of the balance, as for the first payment."""
