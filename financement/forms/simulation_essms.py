"""One ESSMS of a simulation: what the register cannot know."""

from collections.abc import Mapping
from typing import Any

from django import forms

from financement.composition.colonnes import NOM_MAX, PUBLICS
from financement.composition.tableau import incoherence_des_heures
from financement.forms.champs import FinessField, HeuresField, MontantField
from financement.forms.simulation_lot import JUSTIFICATION_MAX, choix_des_categories, nom_de_la_categorie
from financement.forms.simulation_nouvelle import OPERATIONS
from grappes.finess import nomenclatures
from grappes.regles import FicheEssms

_HEURES = ("total", "apa", "pch", "dependance_autre")


class EssmsForm(forms.Form):
    """Values of the contract for one ESSMS. `fiche`: what the register says, shown and never asked again.

    Of an ESSMS that the register does not know, the organism, the region and the category are asked too.
    """

    IDENTITE = ("finess_ej", "region")

    operation = forms.ChoiceField(label="Opération", choices=OPERATIONS, widget=forms.RadioSelect)
    public = forms.ChoiceField(label="Public accompagné", required=False)
    categorie = forms.ChoiceField(label="Catégorie", required=False)
    justification = forms.CharField(
        label="Justification",
        help_text="Si le public ou la catégorie ne sont pas ceux de FINESS, dites pourquoi.",
        required=False,
        max_length=JUSTIFICATION_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    heures_total = HeuresField(label="Heures totales")
    heures_apa = HeuresField(label="dont APA")
    heures_pch = HeuresField(label="dont PCH")
    heures_dependance_autre = HeuresField(label="dont dépendance hors APA et PCH")
    materiel = forms.BooleanField(
        label="Demander une aide à l’équipement (petits organismes)", required=False
    )
    materiel_ht = MontantField(label="Demande hors taxes, en euros")
    materiel_ttc = MontantField(label="Demande toutes taxes comprises, en euros")
    sons = forms.ChoiceField(
        label="Prestation Ségur (SONS)",
        choices=[
            ("aucune", "Aucune"),
            ("commande", "Bon de commande signé, non annulé"),
            ("prestation_recue", "Prestation reçue"),
        ],
        widget=forms.RadioSelect,
    )
    autre_aide_europeenne = forms.BooleanField(
        label="Une autre aide européenne finance cette opération", required=False
    )
    dui_finance_nom = forms.CharField(
        label="Logiciel déjà financé par ESMS numérique",
        required=False,
        max_length=NOM_MAX,
        help_text="Son nom seulement, 120 caractères au plus.",
    )
    dui_finance_operation = forms.ChoiceField(
        label="Opération déjà financée",
        required=False,
        choices=[
            ("", "Aucune"),
            ("acquisition", "Acquisition"),
            ("mise_en_conformite", "Mise en conformité"),
        ],
    )

    def __init__(
        self,
        donnees: Any = None,
        *,
        essms: Mapping[str, Any],
        fiche: FicheEssms | None,
        justification: str | None = None,
    ) -> None:
        """`justification`: what was said before, None where nothing is justified (public simulator)."""
        super().__init__(donnees, initial=_initiales(essms) | {"justification": justification})
        self.numero = essms["finess_et"]
        public_finess = fiche.public if fiche else None
        if fiche is None:
            self.fields.update(_champs_d_identite())
        if justification is None:
            del self.fields["justification"]
        selon_finess = f"Selon FINESS\u00a0: {PUBLICS[public_finess]}" if public_finess else "À préciser"
        self.fields["public"].choices = [("", selon_finess), *PUBLICS.items()]  # type: ignore[attr-defined]
        selon_categorie = "À préciser"
        if fiche and fiche.categorie:
            selon_categorie = f"Selon FINESS\u00a0: {nom_de_la_categorie(fiche.categorie)}"
        self.fields["categorie"].choices = [  # type: ignore[attr-defined]
            ("", selon_categorie),
            *choix_des_categories(),
        ]

    def clean(self) -> dict[str, Any]:
        """Hours that agree; a name and an operation together."""
        propre = super().clean() or {}
        heures = self._heures(propre)
        cause = incoherence_des_heures(heures) if heures else None
        if cause and "heures_total" not in self.errors:
            self.add_error("heures_total", cause)
        if bool(propre.get("dui_finance_nom")) != bool(propre.get("dui_finance_operation")):
            self.add_error(
                "dui_finance_nom",
                "Donnez le nom du logiciel et l’opération déjà financée, ou ni l’un ni l’autre.",
            )
        return propre

    def changements(self) -> dict[str, Any]:
        """The whole ESSMS, in the terms of the contract."""
        propre = self.cleaned_data
        montants = {"demande_ht": propre["materiel_ht"], "demande_ttc": propre["materiel_ttc"]}
        demande = {cle: montant for cle, montant in montants.items() if montant is not None}
        dui = {"nom": propre["dui_finance_nom"], "operation": propre["dui_finance_operation"]}
        identite = {cle: propre[cle] or None for cle in self.IDENTITE if cle in self.fields}
        return {
            **identite,
            "operation": propre["operation"],
            "public": propre["public"] or None,
            "categorie": propre["categorie"] or None,
            "heures": self._heures(propre) or None,
            "materiel": demande if propre["materiel"] or demande else None,
            "sons": propre["sons"],
            "autre_aide_europeenne": propre["autre_aide_europeenne"],
            "dui_finance": dui if dui["nom"] else None,
        }

    def justifications(self) -> Mapping[str, str]:
        """FINESS ET → why it departs from the register; empty text: nothing more to say."""
        return {self.numero: self.cleaned_data["justification"]} if "justification" in self.fields else {}

    @staticmethod
    def _heures(propre: Mapping[str, Any]) -> dict[str, str]:
        """What was typed: an empty box is not zero, E18 will ask for it."""
        donnees = {cle: propre.get(f"heures_{cle}") for cle in _HEURES}
        return {cle: valeur for cle, valeur in donnees.items() if valeur is not None}


def _champs_d_identite() -> dict[str, forms.Field]:
    """What only a person can say of an ESSMS that is not in the register yet."""
    regions = [(region.code, region.nom) for region in nomenclatures.regions().values() if region.ars]
    return {
        "finess_ej": FinessField(label="Numéro FINESS de l’organisme gestionnaire"),
        "region": forms.ChoiceField(label="Région", required=False, choices=[("", "À préciser"), *regions]),
    }


def _initiales(essms: Mapping[str, Any]) -> dict[str, Any]:
    heures = essms.get("heures") or {}
    materiel = essms.get("materiel")
    dui = essms.get("dui_finance") or {}
    return {
        **{cle: essms.get(cle, "") for cle in EssmsForm.IDENTITE},
        "operation": essms["operation"],
        "public": essms.get("public", ""),
        "categorie": essms.get("categorie", ""),
        **{f"heures_{cle}": heures.get(cle) for cle in _HEURES},
        "materiel": materiel is not None,
        "materiel_ht": (materiel or {}).get("demande_ht"),
        "materiel_ttc": (materiel or {}).get("demande_ttc"),
        "sons": essms.get("sons", "aucune"),
        "autre_aide_europeenne": essms.get("autre_aide_europeenne", False),
        "dui_finance_nom": dui.get("nom", ""),
        "dui_finance_operation": dui.get("operation", ""),
    }
