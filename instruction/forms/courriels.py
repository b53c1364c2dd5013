"""Filters of the list of e-mails, whose values live in the address."""

from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet

from esms.courriels.models import Courriel, Etat
from instruction.requetes_courriels import du_dossier, en_echec

EN_ECHEC = "echec"


class FiltreCourrielsForm(forms.Form):
    """Both may be left out; an unknown state is ignored, so that an old link still opens the list."""

    dossier = forms.CharField(label="Numéro de dossier", required=False, max_length=30)
    etat = forms.ChoiceField(
        label="État de l’envoi",
        required=False,
        choices=[("", "Tous"), (EN_ECHEC, "En échec"), *Etat.choices],
    )

    def filtrer(self, courriels: QuerySet[Courriel]) -> QuerySet[Courriel]:
        """The rows asked for."""
        self.is_valid()
        if etat := self.cleaned_data.get("etat"):
            courriels = en_echec(courriels) if etat == EN_ECHEC else courriels.filter(etat=etat)
        if numero := self.cleaned_data.get("dossier", "").strip():
            courriels = du_dossier(courriels, numero)
        return courriels

    def parametres(self) -> str:
        """The filters as the rest of an address."""
        self.is_valid()
        return urlencode({nom: valeur for nom, valeur in self.cleaned_data.items() if valeur})
