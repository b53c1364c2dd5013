"""Files to join."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from instruction.models import Dossier, Piece

FICHIERS_MAX = 10  # in one sending


class PlusieursFichiers(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class ChampFichiers(forms.FileField):
    """Several files; each one is checked for its content by the action, one by one."""

    widget = PlusieursFichiers

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file sent, in order. Raises ValidationError when there is none or too many."""
        envoyes = list(data) if isinstance(data, Sequence) and not isinstance(data, str) else [data]
        if len(envoyes) > FICHIERS_MAX:
            raise forms.ValidationError(f"Envoyez {FICHIERS_MAX}\u00a0fichiers au plus à la fois.")
        return [super(ChampFichiers, self).clean(envoye, initial) for envoye in envoyes or [None]]


class PieceForm(forms.Form):
    """The files, and the one that the first of them replaces, if any."""

    fichier = ChampFichiers(
        label="Fichiers",
        allow_empty_file=True,  # the content check says it better
        error_messages={"required": "Choisissez un fichier."},
    )
    remplace = forms.ModelChoiceField(
        queryset=Piece.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Le fichier à remplacer n’est pas de cette pièce."},
    )

    def __init__(self, *args: Any, dossier: Dossier, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Withdrawn ones too: a replacement sent twice names the one it has just withdrawn.
        self.fields["remplace"].queryset = dossier.pieces.filter(code=code)  # type: ignore[attr-defined]


class HeuresForm(forms.Form):
    """The box that a porteur ticks to certify the hours typed."""

    exactes = forms.BooleanField(
        label="Je certifie l’exactitude de ces heures",
        error_messages={"required": "Cochez la case pour certifier les heures."},
    )
