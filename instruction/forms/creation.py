"""Creating a draft: which campagne, which organism, and which of its ESSMS when there is no simulation."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any, get_args

from django import forms

from esms.aap.eligibilite import Operation
from grappes.finess.numero import lire_liste
from grappes.models import Campagne, EntiteJuridique, Etablissement

FAUTES_DITES = 5  # wrong numbers named at once
# What is said once it is made, from a simulation or not.
CREE = "Votre brouillon est créé. Il n’est pas déposé\u00a0: complétez-le, puis déposez-le."
OPERATIONS = {
    "acquisition": "Acquisition ou renouvellement d’un DUI",
    "mise_en_conformite": "Mise en conformité du DUI en place",
}


class ChoixForm(forms.Form):
    """For whom and under which call: the first step when there is no simulation."""

    campagne = forms.ModelChoiceField(label="Campagne", queryset=Campagne.objects.none(), empty_label=None)
    organisme = forms.ChoiceField(
        label="Organisme porteur", help_text="Le porteur signe la convention et reçoit la subvention."
    )

    def __init__(
        self,
        *args: Any,
        campagnes: Sequence[Campagne],
        organismes: Collection[str],
        prefere: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.possible = bool(campagnes) and bool(organismes)
        self.campagnes, self.organismes = campagnes, organismes
        choix = Campagne.objects.filter(pk__in=[campagne.pk for campagne in campagnes])
        self.fields["campagne"].queryset = choix  # type: ignore[attr-defined]
        noms = dict(EntiteJuridique.objects.filter(pk__in=organismes).values_list("pk", "nom"))
        self.fields["organisme"].choices = [  # type: ignore[attr-defined]
            (numero, f"{noms.get(numero) or 'Organisme'} ({numero})") for numero in sorted(organismes)
        ]
        self.fields["organisme"].initial = prefere if prefere in organismes else None


class CreationForm(ChoixForm):
    """The identifier of the future draft is drawn with the form, so that sending it twice makes one draft.

    `autre` is asked of whoever already has a draft: another one is made knowingly.
    """

    identifiant = forms.UUIDField(widget=forms.HiddenInput)
    autre = forms.BooleanField(
        label="Je veux un autre dossier, en plus du brouillon qui existe déjà", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identifiant"].initial = uuid.uuid4()


class CompositionForm(CreationForm):
    """A draft without a simulation: the ESSMS of the organism to be ticked, others by their numbers.

    At least one: the engine has nothing to say of an empty project.
    """

    operation = forms.ChoiceField(
        label="Opération",
        choices=[(cle, OPERATIONS[cle]) for cle in get_args(Operation)],
        widget=forms.RadioSelect,
        initial="acquisition",
    )
    essms = forms.MultipleChoiceField(
        label="ESSMS du projet", widget=forms.CheckboxSelectMultiple, required=False
    )
    autres = forms.CharField(
        label="Autres ESSMS, par leur numéro FINESS géographique",
        help_text="Un numéro par ligne. Pour un long tableau, passez plutôt par le simulateur.",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, etablissements: Sequence[Etablissement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in ("campagne", "organisme"):
            self.fields[champ].widget = forms.HiddenInput()
        self.fields["essms"].choices = [  # type: ignore[attr-defined]
            (e.finess_et, f"{e.nom} ({e.finess_et}), {e.commune}") for e in etablissements
        ]
        self.fields["essms"].initial = [e.finess_et for e in etablissements]

    def clean_autres(self) -> list[str]:
        """The numbers, each of an establishment that the register knows."""
        lus = lire_liste(self.cleaned_data["autres"])
        if fautes := [faute for _, faute in lus if faute]:
            raise forms.ValidationError(fautes[:FAUTES_DITES])
        numeros = list(dict.fromkeys(numero for numero, _ in lus))
        connus = set(Etablissement.objects.filter(pk__in=numeros).values_list("pk", flat=True))
        if inconnus := [numero for numero in numeros if numero not in connus]:
            raise forms.ValidationError(
                f"Inconnu du référentiel FINESS\u00a0: {', '.join(inconnus[:FAUTES_DITES])}."
            )
        return numeros

    def clean(self) -> dict[str, Any]:
        """One list of ESSMS, each once."""
        donnees = super().clean() or {}
        autres = donnees.pop("autres", None)
        donnees["essms"] = list(dict.fromkeys([*donnees.get("essms", ()), *(autres or ())]))
        if not donnees["essms"] and "autres" not in self.errors:
            self.add_error("essms", "Cochez au moins un ESSMS, ou indiquez son numéro FINESS.")
        return donnees
