"""Filters of the list of dossiers, whose values live in the address."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from grappes.models import Campagne
from instruction.etats import ETATS_DEPOSES
from instruction.models import Dossier

TRIS = {
    "recents": ("Déposés récemment", ("-depose_le", "pk")),
    "anciens": ("Déposés il y a longtemps", ("depose_le", "pk")),
    "numero": ("Numéro", ("numero", "pk")),
    "porteur": ("Porteur", ("nom_porteur", "pk")),
    "montant": ("Subvention, de la plus grande à la plus petite", ("-montant", "pk")),
}
ATTRIBUTIONS = [("", "Toutes"), ("moi", "À moi"), ("personne", "Non attribués")]


class FiltreForm(forms.Form):
    """Every field may be left out; an unknown value is ignored, so that an old link still opens the list."""

    q = forms.CharField(label="Numéro, porteur ou FINESS juridique", required=False, max_length=100)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), *((e.value, e.label) for e in ETATS_DEPOSES)]
    )
    campagne = forms.ModelChoiceField(
        label="Campagne", required=False, queryset=Campagne.objects.none(), empty_label="Toutes"
    )
    attribution = forms.ChoiceField(label="Attribution", required=False, choices=ATTRIBUTIONS)
    tri = forms.ChoiceField(
        label="Tri", required=False, choices=[(cle, libelle) for cle, (libelle, _) in TRIS.items()]
    )

    def __init__(self, *args: Any, ars: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campagne"].queryset = Campagne.objects.filter(ars__in=ars)  # type: ignore[attr-defined]
        self.full_clean()
        self.errors.clear()

    def filtrer(
        self, dossiers: QuerySet[Dossier], utilisateur: AbstractBaseUser | AnonymousUser
    ) -> QuerySet[Dossier]:
        """The rows that the filters keep, in the order asked."""
        choix = self.cleaned_data
        if choix.get("q"):
            texte = choix["q"].strip()
            dossiers = dossiers.filter(
                Q(numero__icontains=texte) | Q(nom_porteur__icontains=texte) | Q(organisme=texte)
            )
        if choix.get("etat"):
            dossiers = dossiers.filter(etat=choix["etat"])
        if choix.get("campagne"):
            dossiers = dossiers.filter(campagne=choix["campagne"])
        if choix.get("attribution") == "moi":
            dossiers = dossiers.filter(instructeur_id=utilisateur.pk)
        elif choix.get("attribution") == "personne":
            dossiers = dossiers.filter(instructeur__isnull=True)
        _, ordre = TRIS[choix.get("tri") or "recents"]
        return dossiers.order_by(*ordre)

    def parametres(self) -> str:
        """The filters as they must follow from page to page."""
        gardes = {cle: valeur for cle, valeur in self.data.items() if cle in self.fields and valeur}
        return urlencode(gardes)
