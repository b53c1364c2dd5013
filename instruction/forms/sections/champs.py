"""Fields of the structured sections: whole numbers, days and choices as people type them."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from esms.socle.listes import Select
from esms.socle.montants import nombre
from financement.forms.champs import MontantField
from instruction.regles.candidature.contacts import telephone

_ESPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_CONTRAT = re.compile(r"[0-9]{1,13}\.[0-9]{2}", re.ASCII)
_ENTIER = re.compile(r"[0-9]{1,12}", re.ASCII)
ENTIER_MAX = 10_000_000  # people, files or messages of a grappe
ANNEES = (2000, 2100)
TEXTE_COURT = 2_000  # characters of a comment
LIBELLE_MAX = 200


class EntierField(forms.CharField):
    """A whole number, « 1 234 » as well as « 1234 »; None when nothing is typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> int | None:
        """The number, or None; raises ValidationError for anything but digits."""
        net = _ESPACES.sub("", str(super().clean(value)))
        if not net:
            return None
        if not _ENTIER.fullmatch(net):
            raise forms.ValidationError("Écrivez un nombre entier, sans signe ni virgule, par exemple 120.")
        if int(net) > ENTIER_MAX:
            raise forms.ValidationError(f"Ce nombre dépasse {nombre(ENTIER_MAX)}.")
        return int(net)


class TelephoneField(forms.CharField):
    """A French telephone number, of the mainland or from overseas; kept in groups of two digits."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}))
        super().__init__(max_length=30, **options)

    def clean(self, value: Any) -> str:
        """The number, or nothing; raises ValidationError for what nobody could call."""
        saisi = str(super().clean(value))
        lu = telephone(saisi) if saisi else ""
        if lu is None:
            raise forms.ValidationError(
                "Ce numéro n’est pas complet\u00a0: écrivez-le comme 05\u00a061\u00a000\u00a000\u00a000 ou "
                "+590\u00a0590\u00a000\u00a000\u00a000."
            )
        return lu


class JourField(forms.DateField):
    """A day, from the calendar of the browser or typed « 31/12/2026 »."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": "Écrivez une date, par exemple 31/12/2026."},
            **options,
        )

    def clean(self, value: Any) -> date | None:
        """The day, or None; raises ValidationError outside 2000–2100."""
        jour: date | None = super().clean(value)
        if jour is not None and not ANNEES[0] <= jour.year <= ANNEES[1]:
            raise forms.ValidationError(f"L’année est attendue entre {ANNEES[0]} et {ANNEES[1]}.")
        return jour


class ChoixField(forms.ChoiceField):
    """One answer among a few, or none yet."""

    widget = Select

    def __init__(self, choix: dict[str, str], *, vide: str = "Choisir", **options: Any) -> None:
        super().__init__(choices=[("", vide), *choix.items()], **options)


class EurosField(MontantField):
    """An amount, shown back « 12 345,60 » once it is recorded."""

    def prepare_value(self, value: Any) -> Any:
        """A recorded amount the French way; what was typed stays as it was typed."""
        return nombre(Decimal(value), 2) if isinstance(value, str) and _CONTRAT.fullmatch(value) else value


def texte_long(label: str, aide: str = "", rangees: int = 3) -> forms.CharField:
    """A comment of a few lines."""
    zone = forms.Textarea(attrs={"rows": rangees})
    return forms.CharField(label=label, help_text=aide, max_length=TEXTE_COURT, widget=zone)


def texte_court(label: str, aide: str = "") -> forms.CharField:
    """A few words."""
    return forms.CharField(label=label, help_text=aide, max_length=LIBELLE_MAX)
