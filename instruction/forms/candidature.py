"""What the porteur types. Nothing is required to save a draft: what is missing is said on the check page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from esms.aap.grille import Critere
from instruction.models import CHAMPS_FICHE, FicheSynthese, Texte

TEXTE_MAX = 16_000  # characters: about five pages for one criterion


class FicheForm(forms.ModelForm):
    """Contact and legal representative (E21), typed over a version."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = FicheSynthese
        fields = CHAMPS_FICHE
        help_texts = {  # noqa: RUF012 - Django reads it once
            "contact_nom": "La personne qui suit le dossier et répond pendant l’instruction.",
            "representant_nom": "La personne qui engage l’organisme et signera la convention avec l’ARS.",
            "representant_fonction": "Par exemple présidente, directeur général.",
        }
        widgets = {  # noqa: RUF012 - Django reads it once
            "contact_telephone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @property
    def contact(self) -> list[forms.BoundField]:
        """Fields of the contact."""
        return [self[champ] for champ in CHAMPS_FICHE if champ.startswith("contact")]

    @property
    def representant(self) -> list[forms.BoundField]:
        """Fields of the legal representative."""
        return [self[champ] for champ in CHAMPS_FICHE if champ.startswith("representant")]

    def valeurs(self) -> dict[str, str]:
        """What was typed, by field."""
        return {champ: self.cleaned_data[champ] for champ in CHAMPS_FICHE}


class TextesForm(forms.Form):
    """One text per criterion of the grid, each with the version it is typed over."""

    def __init__(
        self, *args: Any, criteres: Iterable[Critere], textes: Mapping[str, Texte], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteres = tuple(criteres)
        for critere in self.criteres:
            texte = textes[critere.cle]
            self.fields[f"texte_{critere.cle}"] = forms.CharField(
                label=critere.libelle,
                help_text=critere.aide,
                required=False,
                initial=texte.contenu,
                max_length=TEXTE_MAX,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 8}),
            )
            self.fields[f"version_{critere.cle}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=texte.version, min_value=0
            )

    def champs(self) -> list[tuple[Critere, forms.BoundField, forms.BoundField]]:
        """Criterion, its text, its version."""
        return [(c, self[f"texte_{c.cle}"], self[f"version_{c.cle}"]) for c in self.criteres]

    def saisies(self) -> dict[str, tuple[str, int]]:
        """Criterion → (text, version typed over); line ends as the database keeps them."""
        return {
            c.cle: (
                self.cleaned_data[f"texte_{c.cle}"].replace("\r\n", "\n"),
                self.cleaned_data[f"version_{c.cle}"],
            )
            for c in self.criteres
        }
