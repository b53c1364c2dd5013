"""Asking for complements, and answering."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from instruction.models import ElementDemande, Objet
from instruction.regles.complements import Demande
from instruction.requetes_complements import reponse_de

LIBRES = 3  # things asked for in one's own words, in one request
RAISON_MAX = 2_000
REPONSE_MAX = 16_000  # characters, as an answer of the candidature


class DemandeForm(forms.Form):
    """What to ask for: pieces and sections to tick, a few free lines, each with its reason; a deadline.

    `candidats`: (kind, key, label) of what the edition knows; `raisons`: reason proposed, by kind and key,
    for what the instructor has already refused.
    """

    jours = forms.IntegerField(label="Ou nombre de jours pour répondre", required=False, min_value=1)
    dernier_jour = forms.DateField(
        label="Dernier jour pour répondre",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    message = forms.CharField(
        label="Message au porteur",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        donnees: Any = None,
        *,
        candidats: Sequence[tuple[str, str, str]],
        raisons: Mapping[tuple[str, str], str],
        aujourdhui: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(donnees, **kwargs)
        self.candidats, self.aujourdhui = candidats, aujourdhui
        for objet, cle, libelle in candidats:
            propose = raisons.get((objet, cle), "")
            self.fields[f"{objet}-{cle}"] = forms.BooleanField(
                label=libelle, required=False, initial=bool(propose)
            )
            self.fields[f"{objet}-{cle}-raison"] = _raison(f"Raison pour {libelle}", propose)
        for rang in range(1, LIBRES + 1):
            self.fields[f"libre-{rang}"] = forms.CharField(
                label=f"Autre élément {rang}", required=False, max_length=250
            )
            self.fields[f"libre-{rang}-raison"] = _raison(f"Raison de l’autre élément {rang}")

    def clean(self) -> dict[str, Any]:
        """One way to say the deadline; each element asked for with its reason."""
        donnees = super().clean() or {}
        # The date proposed gives way to a number of days; a date typed beside one is a contradiction.
        if donnees.get("jours") and donnees.get("dernier_jour") and "dernier_jour" in self.changed_data:
            self.add_error("dernier_jour", "Donnez un nombre de jours ou une date, pas les deux.")
        for nom in self._demandes():
            if not (donnees.get(f"{nom}-raison") or "").strip():
                self.add_error(f"{nom}-raison", "Dites pourquoi cet élément est demandé.")
        return donnees

    @property
    def echeance(self) -> date | None:
        """Last day given, by a date or a number of days."""
        jours = self.cleaned_data.get("jours")
        if jours:
            return self.aujourdhui + timedelta(days=jours)
        dernier: date | None = self.cleaned_data.get("dernier_jour")
        return dernier

    def demandes(self) -> list[Demande]:
        """What was ticked or written, in the order of the form."""
        libelles = {f"{objet}-{cle}": (objet, cle, libelle) for objet, cle, libelle in self.candidats}
        demandes = []
        for nom in self._demandes():
            objet, cle, libelle = libelles.get(nom, (Objet.LIBRE.value, "", self.cleaned_data[nom]))
            demandes.append(Demande(objet, cle, libelle, self.cleaned_data[f"{nom}-raison"]))
        return demandes

    def pieces(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(what, why) fields of the pieces."""
        return self._lignes(Objet.PIECE)

    def sections(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(what, why) fields of the sections."""
        return self._lignes(Objet.SECTION)

    def libres(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(what, why) fields to fill freely."""
        return self._lignes(Objet.LIBRE)

    def _lignes(self, objet: str) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[nom], self[f"{nom}-raison"])
            for nom in self.fields
            if nom.startswith(f"{objet}-") and f"{nom}-raison" in self.fields
        ]

    def _demandes(self) -> list[str]:
        """Fields ticked, or written for the free ones; each has its reason beside."""
        noms = [nom for nom in self.fields if f"{nom}-raison" in self.fields]
        return [nom for nom in noms if str(self.cleaned_data.get(nom) or "").strip()]


class ReponseForm(forms.Form):
    """The answer to one element that asks for no file, over the version that was read."""

    texte = forms.CharField(
        label="Votre réponse",
        required=False,
        max_length=REPONSE_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, donnees: Any = None, *, element: ElementDemande) -> None:
        reponse = reponse_de(element)
        initial = {"texte": reponse.texte if reponse else "", "version": reponse.version if reponse else 0}
        super().__init__(donnees, prefix=f"e{element.pk}", initial=initial)
        self.element = element
        self.fields["texte"].label = f"Votre réponse\u00a0: {element.libelle}"
        for champ in self.fields.values():
            champ.widget.attrs["form"] = "reponses"  # its files have forms of their own, beside

    @property
    def saisie(self) -> tuple[str, int]:
        """Text and version typed over."""
        return self.cleaned_data["texte"], self.cleaned_data["version"]

    def actualiser(self) -> None:
        """Keep what was typed, now over the recorded version: sending again replaces it knowingly."""
        reponse = reponse_de(self.element)
        self.data = {
            **dict(self.data.items()),
            self.add_prefix("version"): str(reponse.version if reponse else 0),
        }


def _raison(libelle: str, propose: str = "") -> forms.CharField:
    return forms.CharField(
        label=libelle,
        required=False,
        max_length=RAISON_MAX,
        initial=propose,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
