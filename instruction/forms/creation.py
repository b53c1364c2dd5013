"""Creating a draft: which campagne, which organism."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from grappes.models import Campagne, EntiteJuridique


class CreationForm(forms.Form):
    """The identifier of the future draft is drawn with the form, so that sending it twice makes one draft."""

    identifiant = forms.UUIDField(widget=forms.HiddenInput)
    campagne = forms.ModelChoiceField(label="Campagne", queryset=Campagne.objects.none(), empty_label=None)
    organisme = forms.ChoiceField(
        label="Organisme porteur", help_text="Le porteur signe la convention et reçoit la subvention."
    )

    def __init__(
        self,
        *args: Any,
        campagnes: Sequence[Campagne],
        organismes: Collection[str],
        prefere: str | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.possible = bool(campagnes) and bool(organismes)
        self.campagnes, self.organismes = campagnes, organismes
        self.fields["identifiant"].initial = uuid.uuid4()
        choix = Campagne.objects.filter(pk__in=[campagne.pk for campagne in campagnes])
        self.fields["campagne"].queryset = choix  # type: ignore[attr-defined]
        noms = dict(EntiteJuridique.objects.filter(pk__in=organismes).values_list("pk", "nom"))
        self.fields["organisme"].choices = [  # type: ignore[attr-defined]
            (numero, f"{noms.get(numero) or 'Organisme'} ({numero})") for numero in sorted(organismes)
        ]
        self.fields["organisme"].initial = prefere if prefere in organismes else None
