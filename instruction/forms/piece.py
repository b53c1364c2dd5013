"""A file to join."""

from typing import Any

from django import forms

from instruction.models import Dossier, Piece


class PieceForm(forms.Form):
    """The file, and the one it replaces, if any."""

    fichier = forms.FileField(
        label="Fichier",
        allow_empty_file=True,  # the content check says it better
        error_messages={"required": "Choisissez un fichier."},
    )
    remplace = forms.ModelChoiceField(queryset=Piece.objects.none(), required=False)

    def __init__(self, *args: Any, dossier: Dossier, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Withdrawn ones too: a replacement sent twice names the one it has just withdrawn.
        self.fields["remplace"].queryset = dossier.pieces.filter(code=code)  # type: ignore[attr-defined]
