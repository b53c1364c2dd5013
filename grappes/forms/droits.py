"""Forms of the rights: inviting, adding a role, choosing a last day, claiming an organism, saying no."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from esms.comptes.models import Role
from esms.comptes.noms import ADRESSE_REFUSEE, exiger_une_adresse_lisible
from esms.habilitations.acces import Lieu


class _Fin(forms.Form):
    """A last day, today or later; left empty, none."""

    fin = forms.DateField(
        label="Dernier jour du rôle",
        required=False,
        help_text="Laissez vide si la fin n’est pas connue. Format attendu\u00a0: 31/12/2026.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_fin(self) -> Any:
        """Not in the past."""
        fin = self.cleaned_data["fin"]
        if fin is not None and fin < timezone.localdate():
            raise forms.ValidationError("Choisissez aujourd’hui ou une date à venir.")
        return fin


class FinForm(_Fin):
    """The last day of a right that is held."""


class RoleForm(_Fin):
    """A role of that place, until when."""

    role = forms.ChoiceField(label="Rôle")
    field_order: Iterable[str] | None = ("role", "fin")

    def __init__(self, *args: Any, lieu: Lieu, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "Choisissez un rôle"),
            *((role.value, role.label) for role in lieu.roles),
        ]

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class InvitationForm(RoleForm):
    """Whom to write to, for which role."""

    courriel = forms.EmailField(
        label="Adresse électronique",
        help_text="L’adresse professionnelle de la personne, par exemple prenom.nom@organisme.fr.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        validators=[exiger_une_adresse_lisible],
        error_messages=ADRESSE_REFUSEE,
    )
    field_order: Iterable[str] | None = ("courriel", "role", "fin")


class RechercheForm(forms.Form):
    """Which organism; in the address, so that the page may be shared."""

    q = forms.CharField(label="Nom ou numéro FINESS juridique de l’organisme", required=False, max_length=100)


class DemandeForm(forms.Form):
    """The organism chosen, and what its author does there."""

    organisme = forms.CharField(max_length=9, widget=forms.HiddenInput)
    fonction = forms.CharField(
        label="Votre fonction dans l’organisme",
        help_text="Par exemple «\u00a0Directrice du système d’information\u00a0». Lue par qui vous répond.",
        max_length=150,
    )


class MotifForm(forms.Form):
    """Why the answer is no."""

    motif = forms.CharField(
        label="Motif du refus",
        help_text="L’auteur de la demande le lira dans le portail.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
