"""What an administrator types on a convention: the date of the signature, the first payment."""

from django import forms

from financement.models import Versement


def _date(libelle: str, aide: str) -> forms.DateField:
    return forms.DateField(
        label=libelle,
        help_text=aide,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Indiquez cette date.", "invalid": "Cette date n’existe pas."},
    )


class SignatureForm(forms.Form):
    """When both parties had signed."""

    prefix = "signature"
    le = _date(
        "Date de la dernière signature", "Au plus tôt le jour de l’émission, au plus tard aujourd’hui."
    )


class VersementForm(forms.Form):
    """When and under which reference the first payment was made."""

    prefix = "versement"
    le = _date("Date du versement", "Au plus tôt le jour de la signature, au plus tard aujourd’hui.")
    reference = forms.CharField(
        label="Référence du paiement",
        help_text="Celle du mandat ou du virement, telle qu’elle figure dans la comptabilité de l’ARS.",
        max_length=Versement._meta.get_field("reference").max_length,
        error_messages={"required": "Indiquez la référence du paiement."},
    )
