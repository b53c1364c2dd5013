"""One gesture on several ESSMS of a simulation."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from esms.socle.listes import Select
from financement.composition.colonnes import NOM_MAX, PUBLICS
from grappes.finess import nomenclatures

GESTES = [("appliquer", "Appliquer"), ("retirer", "Retirer")]
INCHANGE = ("", "Ne pas changer")
JUSTIFICATION_MAX = 1000
FINESS = "finess"
AUCUN = "aucun"
OUI_NON = [INCHANGE, ("oui", "Oui"), ("non", "Non")]


def _liste(libelle: str, *choix: tuple[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, required=False, choices=[INCHANGE, *choix], widget=Select)


class LotForm(forms.Form):
    """One gesture on the ESSMS ticked, or on all; an empty choice leaves the value as it is.

    `presents`: numbers of the project, the only ones that can be chosen. `justifie`: a corrected public or
    category is justified here. Without `geste`, as when the effect is previewed, the changes apply.
    """

    geste = forms.ChoiceField(choices=GESTES, required=False)
    portee = forms.ChoiceField(
        label="Appliquer à",
        choices=[("choisis", "aux ESSMS cochés"), ("tous", "à tous les ESSMS du projet")],
        initial="choisis",
        widget=forms.RadioSelect,
    )
    operation = _liste(
        "Opération", ("acquisition", "Acquisition"), ("mise_en_conformite", "Mise en conformité")
    )
    public = _liste("Public", (FINESS, "Celui de FINESS"), *PUBLICS.items())
    categorie = _liste("Catégorie", (FINESS, "Celle de FINESS"))
    materiel = _liste("Équipement", ("oui", "Demandé"), ("non", "Non demandé"))
    sons = _liste(
        "Prestation Ségur (SONS)",
        ("aucune", "Aucune"),
        ("commande", "Bon de commande signé"),
        ("prestation_recue", "Prestation reçue"),
    )
    autre_aide_europeenne = _liste("Autre aide européenne", ("oui", "Oui"), ("non", "Non"))
    dui_finance_operation = _liste(
        "Logiciel déjà financé",
        (AUCUN, "Aucun"),
        ("acquisition", "Oui, en acquisition"),
        ("mise_en_conformite", "Oui, en mise en conformité"),
    )
    dui_finance_nom = forms.CharField(
        label="Nom du logiciel déjà financé", required=False, max_length=NOM_MAX
    )
    justification = forms.CharField(
        label="Justification du public ou de la catégorie",
        help_text="Pourquoi ces ESSMS ne sont pas ce que FINESS en dit.",
        required=False,
        max_length=JUSTIFICATION_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, donnees: Any = None, *, presents: Collection[str], justifie: bool = False) -> None:
        super().__init__(donnees)
        self.presents = presents
        self.fields["categorie"].choices = [  # type: ignore[attr-defined]
            INCHANGE,
            (FINESS, "Celle de FINESS"),
            *choix_des_categories(),
        ]
        if not justifie:
            del self.fields["justification"]

    def choisis(self) -> list[str]:
        """Numbers that the gesture is about; those that are not in the project are left out."""
        if not self.is_bound:
            return []
        if self.data.get("portee") == "tous":
            return list(self.presents)
        envoyes: Any = self.data
        return [numero for numero in envoyes.getlist("essms") if numero in self.presents]

    def clean_geste(self) -> str:
        """Applying is what is previewed."""
        return self.cleaned_data["geste"] or "appliquer"

    def clean(self) -> dict[str, Any]:
        """Something to change, and a name with the operation already financed."""
        propre = super().clean() or {}
        if not self.errors and not self.choisis():
            self.add_error(
                "portee", "Cochez au moins un ESSMS, ou choisissez «\u00a0tous les ESSMS du projet\u00a0»."
            )
        operation = propre.get("dui_finance_operation")
        if bool(propre.get("dui_finance_nom")) != bool(operation and operation != AUCUN):
            self.add_error("dui_finance_nom", "Donnez le nom du logiciel et l’opération déjà financée.")
        return propre

    def changements(self) -> dict[str, Any]:
        """What the gesture changes, in the terms of the contract."""
        propre = self.cleaned_data
        changements: dict[str, Any] = {cle: propre[cle] for cle in ("operation", "sons") if propre[cle]}
        for cle in ("public", "categorie"):
            if propre[cle]:
                changements[cle] = None if propre[cle] == FINESS else propre[cle]
        if propre["materiel"]:
            changements["materiel"] = {} if propre["materiel"] == "oui" else None
        if propre["autre_aide_europeenne"]:
            changements["autre_aide_europeenne"] = propre["autre_aide_europeenne"] == "oui"
        if propre["dui_finance_operation"] == AUCUN:
            changements["dui_finance"] = None
        elif propre["dui_finance_operation"]:
            changements["dui_finance"] = {
                "nom": propre["dui_finance_nom"],
                "operation": propre["dui_finance_operation"],
            }
        return changements

    def justifications(self) -> Mapping[str, str]:
        """FINESS ET → what was typed, when a public or a category was corrected."""
        texte = self.cleaned_data.get("justification")
        return dict.fromkeys(self.choisis(), texte) if texte else {}


def choix_des_categories() -> list[tuple[str, str]]:
    """Categories of article L.312-1, by code."""
    return [(code, nom_de_la_categorie(code)) for code in nomenclatures.categories_l312_1()]


def nom_de_la_categorie(code: str) -> str:
    """« Maison d’Enfants à Caractère Social (177) »; the code alone when FINESS has a newer one."""
    categorie = nomenclatures.categories().get(code)
    if categorie is None:
        return code
    libelle = categorie.libelle.replace("'", "’")  # FINESS writes it straight
    return f"{libelle} ({code})"
