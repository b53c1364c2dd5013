"""One solution of the catalogue, or a file of them."""

from datetime import date
from typing import Any

from django import forms

from esms.aap.domaines import DOMAINES, STATUTS
from grappes.catalogue_solutions import VAGUE_MAX, SolutionLue, Statut
from grappes.models import Solution


class SolutionForm(forms.Form):
    """Facts on one version of a software; three fields per domain of the Ségur listing."""

    code = forms.SlugField(
        label="Code",
        max_length=60,
        help_text="Minuscules, chiffres et tirets\u00a0: son nom dans les fichiers d’import.",
    )
    nom = forms.CharField(label="Nom", max_length=120)
    editeur = forms.CharField(label="Éditeur", max_length=120)
    version = forms.CharField(label="Version", max_length=40, required=False)
    au_sad = forms.BooleanField(label="Au système d’acquisition dynamique (SAD)", required=False)
    marche = forms.CharField(label="Marché", max_length=200, required=False)
    retiree = forms.BooleanField(
        label="Retirée du catalogue",
        help_text="Elle n’est plus proposée\u202f; les dossiers qui l’ont choisie la gardent.",
        required=False,
    )

    def __init__(self, donnees: Any = None, *, solution: Solution | None = None) -> None:
        champs = ("code", "nom", "editeur", "version", "au_sad", "marche", "retiree")
        super().__init__(
            donnees, initial={nom: getattr(solution, nom) for nom in champs} if solution else None
        )
        lignes = {un.domaine: un for un in solution.referencements.order_by("domaine")} if solution else {}
        for domaine, libelle in DOMAINES.items():
            ligne = lignes.get(domaine)
            self.fields[f"statut_{domaine}"] = forms.ChoiceField(
                label=f"{libelle}\u00a0: statut Ségur",
                required=False,
                choices=[("", "Aucun"), *STATUTS.items()],
                initial=ligne.statut if ligne else "",
            )
            self.fields[f"vague_{domaine}"] = forms.IntegerField(
                label=f"{libelle}\u00a0: vague",
                required=False,
                min_value=1,
                max_value=VAGUE_MAX,
                initial=ligne.vague if ligne else None,
            )
            self.fields[f"le_{domaine}"] = forms.DateField(
                label=f"{libelle}\u00a0: depuis le",
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                initial=ligne.le if ligne else None,
            )

    def lignes(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Fields of each domain."""
        return [
            (libelle, [self[f"{champ}_{domaine}"] for champ in ("statut", "vague", "le")])
            for domaine, libelle in DOMAINES.items()
        ]

    def lue(self) -> SolutionLue:
        """What was typed; a domain without a status is not listed."""
        propre = self.cleaned_data
        statuts = tuple(
            Statut(domaine, propre[f"statut_{domaine}"], _entier(propre, domaine), _jour(propre, domaine))
            for domaine in DOMAINES
            if propre[f"statut_{domaine}"]
        )
        return SolutionLue(
            propre["code"].lower(),
            propre["editeur"],
            propre["nom"],
            propre["version"],
            propre["au_sad"],
            propre["marche"],
            statuts,
        )


def _entier(propre: dict[str, Any], domaine: str) -> int | None:
    vague: int | None = propre[f"vague_{domaine}"]
    return vague


def _jour(propre: dict[str, Any], domaine: str) -> date | None:
    le: date | None = propre[f"le_{domaine}"]
    return le


class ImportForm(forms.Form):
    """A spreadsheet of solutions; tried first."""

    fichier = forms.FileField(
        label="Tableau des solutions (CSV, XLSX ou ODS)",
        help_text="Une ligne par solution et par domaine. 20\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        allow_empty_file=True,
    )
    essai = forms.BooleanField(
        label="Essai à blanc\u00a0: dire ce qui changerait, sans rien écrire", required=False, initial=True
    )
