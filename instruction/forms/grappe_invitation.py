"""Inviting somebody of another organism of the grappe."""

from collections.abc import Sequence

from django import forms

from esms.comptes.noms import ADRESSE_REFUSEE


class InvitationForm(forms.Form):
    """Who answers for an organism. `organismes`: (FINESS EJ, name) of the other members."""

    organisme = forms.ChoiceField(label="Organisme")
    courriel = forms.EmailField(
        label="Adresse électronique de la personne à inviter",
        help_text="Elle ne verra que l’en-tête du dossier, les ESSMS de son organisme et leurs réponses.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages=ADRESSE_REFUSEE,
    )

    def __init__(self, *args: object, organismes: Sequence[tuple[str, str]], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["organisme"].choices = organismes  # type: ignore[attr-defined]
