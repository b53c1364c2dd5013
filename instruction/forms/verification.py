"""The hash that a visitor copies from a receipt."""

import re

from django import forms
from django.core.exceptions import ValidationError

_LONGUEUR = 64


class VerificationForm(forms.Form):
    """Spaces and line breaks that come with a copy are dropped; capitals are read as small letters."""

    empreinte = forms.CharField(
        label="Empreinte SHA-256",
        help_text="64 caractères, chiffres et lettres de a à f, copiés de l’accusé de réception.",
        max_length=200,
        error_messages={"required": "Collez l’empreinte qui figure sur l’accusé de réception."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_empreinte(self) -> str:
        """64 hexadecimal digits. Raises ValidationError."""
        empreinte = re.sub(r"\s", "", self.cleaned_data["empreinte"]).lower()
        if len(empreinte) != _LONGUEUR:
            raise ValidationError(f"Une empreinte compte {_LONGUEUR} caractères\u00a0: {len(empreinte)} lus.")
        if not re.fullmatch(r"[0-9a-f]+", empreinte):
            raise ValidationError("Une empreinte ne contient que des chiffres et des lettres de a à f.")
        return empreinte
