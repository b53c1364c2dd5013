"""Opinions on checks and pieces, and decisions."""

from decimal import Decimal
from typing import Any

from django import forms

from esms.aap.grille import Critere, Grille


class AvisForm(forms.Form):
    """One opinion: yes, no, or not yet; a « no » takes a motive."""

    avis = forms.ChoiceField(label="Avis", required=False, widget=forms.RadioSelect)
    motif = forms.CharField(
        label="Motif", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, sujet: str, oui: str, non: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["avis"].choices = [("oui", oui), ("non", non)]  # type: ignore[attr-defined]
        self.fields["avis"].label = f"Avis sur {sujet}"
        self.fields["motif"].label = f"Motif pour {sujet}"
        self.non = non.lower()

    def clean(self) -> dict[str, Any]:
        """A « no » without a motive is an error of the motive."""
        donnees = super().clean() or {}
        if donnees.get("avis") == "non" and not (donnees.get("motif") or "").strip():
            self.add_error(
                "motif", f"Écrivez le motif\u00a0: «\u00a0{self.non}\u00a0» ne va pas sans raison."
            )
        return donnees

    @property
    def donne(self) -> bool:
        """An opinion was chosen."""
        return bool(self.cleaned_data.get("avis"))

    @property
    def version_lue(self) -> int:
        """The version that the page showed."""
        return self.cleaned_data.get("version") or 0

    def actualiser(self, version: int) -> None:
        """Keep what was typed, now over the recorded version: sending again replaces it knowingly."""
        self.data = {**dict(self.data.items()), self.add_prefix("version"): str(version)}

    @property
    def favorable(self) -> bool:
        """The opinion is « yes »."""
        return bool(self.cleaned_data.get("avis") == "oui")


class MotifForm(forms.Form):
    """The motive of a decision."""

    motif = forms.CharField(
        label="Motif", max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class NoteForm(forms.Form):
    """Score and justification of one criterion, typed over a version."""

    points = forms.DecimalField(label="Note", required=False, max_digits=4, decimal_places=2, localize=True)
    niveau = forms.ChoiceField(label="Appréciation", required=False)
    justification = forms.CharField(
        label="Justification", required=False, max_length=8_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, donnees: Any, *, critere: Critere, grille: Grille, initial: dict[str, Any]) -> None:
        super().__init__(donnees, prefix=critere.cle, initial=initial)
        self.critere = critere
        if critere.points is None:
            del self.fields["points"]
            choix = [("", "Non notée"), *((a.cle, a.libelle) for a in grille.appreciations)]
            self.fields["niveau"].choices = choix  # type: ignore[attr-defined]
        else:
            del self.fields["niveau"]
            maximum = f"{critere.points.normalize():f}".replace(".", ",")
            self.fields["points"].widget = forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off"}
            )
            self.fields["points"].help_text = f"Sur {maximum}, par exemple 0,5."
        for champ in ("points", "niveau", "justification"):
            if champ in self.fields:
                self.fields[champ].label = f"{self.fields[champ].label}\u00a0: {critere.libelle}"

    @property
    def note(self) -> forms.BoundField:
        """The field of the score, whatever the grid."""
        return self["points"] if "points" in self.fields else self["niveau"]

    @property
    def points_saisis(self) -> Decimal | None:
        """Points typed, if this grid has points."""
        return self.cleaned_data.get("points")
