"""One message to send."""

from typing import Any
from uuid import uuid4

from django import forms

from esms.socle.montants import nombre
from instruction.fichiers import TYPES
from instruction.forms.piece import ChampFichiers
from instruction.models.message import LONGUEUR_MAX


class MessageForm(forms.Form):
    """The text, its files, and the identifier that makes a double click send once."""

    cle = forms.UUIDField(widget=forms.HiddenInput)
    texte = forms.CharField(
        label="Votre message",
        max_length=LONGUEUR_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"{nombre(LONGUEUR_MAX)}\u00a0caractères au plus. Un message envoyé ne se modifie "
        "ni ne s’efface. N’y mettez aucune donnée sur les personnes accompagnées.",
        error_messages={"required": "Écrivez votre message."},
    )
    fichiers = ChampFichiers(
        label="Fichiers",
        required=False,
        allow_empty_file=True,  # the content check says it better
        help_text=f"10\u00a0au plus, 20\u00a0Mo chacun\u00a0: {', '.join(TYPES)}.",
    )

    @classmethod
    def vierge(cls) -> "MessageForm":
        """A form not sent yet, with a new identifier."""
        return cls(initial={"cle": uuid4()})

    def clean_fichiers(self) -> list[Any]:
        """The files really chosen."""
        return [fichier for fichier in self.cleaned_data["fichiers"] if fichier]
