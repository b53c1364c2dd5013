"""Starting a simulation, and adding ESSMS to one."""

from typing import Any

from django import forms

from esms.aap import editions

OPERATIONS = [
    ("acquisition", "Acquisition ou renouvellement d’un logiciel"),
    ("mise_en_conformite", "Mise en conformité du logiciel en place"),
]
TEXTE_MAX = 200_000  # characters: 5,000 numbers with room for names beside them


class AjoutForm(forms.Form):
    """Numbers pasted, a file, or both; each good number joins the project with `operation`."""

    operation = forms.ChoiceField(
        label="Opération de ces ESSMS", choices=OPERATIONS, initial="acquisition", widget=forms.RadioSelect
    )
    numeros = forms.CharField(
        label="Numéros FINESS des ESSMS",
        help_text="Collez-les comme ils viennent\u00a0: un par ligne, "
        "séparés par des virgules, des espaces, des tabulations…",
        max_length=TEXTE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    fichier = forms.FileField(
        label="Ou un tableau (CSV, XLSX ou ODS)",
        help_text="20\u00a0Mo au plus.",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
    )
    garder_inconnus = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, numeros_attendus: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.numeros_attendus = numeros_attendus

    def clean(self) -> dict[str, Any]:
        """Something must be given, unless a search comes next."""
        propre = super().clean() or {}
        vide = not propre.get("numeros") and not propre.get("fichier")
        if not self.errors and vide and self.numeros_attendus:
            self.add_error("numeros", "Collez au moins un numéro FINESS, ou choisissez un fichier.")
        return propre


class NouvelleForm(AjoutForm):
    """The same, with the call for projects."""

    aap = forms.ChoiceField(label="Appel à projets", widget=forms.RadioSelect)

    field_order = ("aap", "operation", "numeros", "fichier")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        recentes = sorted(editions(), key=lambda edition: (-edition.annee, edition.slug))
        choix = [(edition.slug, edition.titre) for edition in recentes]
        self.fields["aap"].choices = choix  # type: ignore[attr-defined]
        self.fields["aap"].initial = choix[0][0] if choix else None
