"""What an administrator types of a campagne."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from esms.aap import Edition
from financement.forms.champs import MontantField
from grappes.models import Campagne, ContactDeCampagne
from grappes.regles.fenetres import Dates
from instruction.actions.campagne_dates import INCIDENT, MOTIF_MAX, dates_de


def _jour(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options
    )


def _motif(**options: Any) -> forms.CharField:
    return forms.CharField(
        label="Motif",
        max_length=MOTIF_MAX,
        help_text="Public, et inscrit au journal avec votre nom.",
        **options,
    )


class DatesForm(forms.Form):
    """The dates of a campagne; those that its AAP does not have are not asked for."""

    ouverture = _jour("Premier jour de dépôt")
    fermeture = _jour(
        "Dernier jour de dépôt",
        help_text="Jusqu’à 23\u00a0h\u00a059\u00a0min\u00a059\u00a0s, à l’heure légale de l’ARS.",
    )
    fermeture_multiregionale = _jour("Dernier jour de dépôt d’un projet multirégional")
    recevabilite = _jour("Dernier jour de la recevabilité")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if edition.calendrier.depot_multiregional is None:
            del self.fields["fermeture_multiregionale"]
        if edition.calendrier.recevabilite.jusqu_au is None:
            del self.fields["recevabilite"]

    def dates(self) -> Dates:
        """What was typed."""
        lues: dict[str, date | None] = {
            nom: self.cleaned_data.get(nom) for nom in ("fermeture_multiregionale", "recevabilite")
        }
        return Dates(self.cleaned_data["ouverture"], self.cleaned_data["fermeture"], **lues)


class ChangementForm(DatesForm):
    """New dates, why, and the dates they were read over."""

    motif = _motif()
    version = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(self, *args: Any, campagne: Campagne, **kwargs: Any) -> None:
        dates = dates_de(campagne)
        kwargs["initial"] = {
            "ouverture": dates.ouverture,
            "fermeture": dates.fermeture,
            "fermeture_multiregionale": dates.fermeture_multiregionale,
            "recevabilite": dates.recevabilite,
            "version": dates.version,
        }
        super().__init__(*args, **kwargs)


class ProlongationForm(forms.Form):
    """One click after an incident: the motive is there, and may be made more precise."""

    motif = _motif(initial=INCIDENT)
    version = forms.CharField(widget=forms.HiddenInput, max_length=60)


class OuvertureForm(DatesForm):
    """A campagne to open: the dates of the AAP are proposed; others need a motive."""

    service = forms.CharField(
        label="Service instructeur", max_length=200, help_text="Cité par l’accusé de réception."
    )
    courriel = forms.EmailField(label="Adresse électronique du service")
    enveloppe = MontantField(label="Enveloppe, en euros", help_text="Montrée aux agents seulement.")
    motif = _motif(required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.publiees = dates_publiees(edition)
        kwargs["initial"] = {
            "ouverture": self.publiees.ouverture,
            "fermeture": self.publiees.fermeture,
            "fermeture_multiregionale": self.publiees.fermeture_multiregionale,
            "recevabilite": self.publiees.recevabilite,
        }
        super().__init__(*args, edition=edition, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when the dates are not the published ones and nobody says why."""
        saisie = super().clean() or {}
        if not self.errors and self.dates() != self.publiees and not saisie["motif"]:
            self.add_error("motif", "Dites pourquoi les dates ne sont pas celles de l’appel à projets.")
        return saisie


class EnveloppeForm(forms.Form):
    """The amount that the ARS may grant."""

    enveloppe = MontantField(label="Enveloppe, en euros", help_text="Vide\u00a0: inconnue.")

    def montant(self) -> Decimal | None:
        """EUR, or None."""
        texte = self.cleaned_data["enveloppe"]
        return Decimal(texte) if texte else None


class ContactForm(forms.ModelForm):
    """Someone to ask."""

    class Meta:
        model = ContactDeCampagne
        fields = ("nom", "service", "courriel", "telephone", "public")
        help_texts = {  # noqa: RUF012 - Django reads it once
            "public": "Sinon, seuls les agents le voient.",
        }


class DocumentForm(forms.Form):
    """A file to publish; under a title already published, it replaces that one."""

    titre = forms.CharField(label="Titre du document", max_length=150)
    fichier = forms.FileField(
        label="Fichier", allow_empty_file=True, error_messages={"required": "Choisissez un fichier."}
    )


def dates_publiees(edition: Edition) -> Dates:
    """The dates that the AAP published."""
    calendrier = edition.calendrier
    multi = calendrier.depot_multiregional
    return Dates(
        calendrier.depot.ouvre,
        calendrier.depot.ferme,
        multi.ferme if multi else None,
        calendrier.recevabilite.jusqu_au,
    )
