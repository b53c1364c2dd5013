"""Section « Budget et plan de financement »: expenses, resources, other aids, recurring costs."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from esms.aap import Edition
from instruction.forms.sections.champs import ChoixField, EurosField, texte_court
from instruction.forms.sections.tableaux import FormulaireATableaux, Tableau
from instruction.regles.candidature import budget, budget_manques
from instruction.regles.candidature.lecture import table
from instruction.requetes import Examen

_DEPENSES = {
    "nature": ChoixField(budget.NATURES, label="Nature"),
    "libelle": texte_court("Libellé"),
    "ht": EurosField(label="Montant HT"),
    "ttc": EurosField(label="Montant TTC"),
}
_AIDES = {
    "origine": texte_court("Origine"),
    "montant": EurosField(label="Montant"),
    "europeenne": forms.BooleanField(label="Aide européenne"),
}


class BudgetForm(FormulaireATableaux):
    """What is spent, who pays, what it costs afterwards."""

    conseiller = staticmethod(budget_manques.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        **{nom: str(champ.label) for nom, champ in {**_DEPENSES, **_AIDES}.items()},
        **budget.RESSOURCES,
        **{f"annee{annee}": f"Année {annee}" for annee in range(1, 11)},
    }
    choix: ClassVar[Mapping[str, Mapping[str, str]]] = {"nature": budget.NATURES}
    montants = frozenset(
        ["ht", "ttc", "montant", *budget.RESSOURCES, *(f"annee{rang}" for rang in range(1, 11))]
    )

    @classmethod
    def tables(cls, examen: Examen) -> tuple[Tableau, ...]:
        """Expenses start with one line for each nature, so that only amounts are left to type."""
        annees = range(1, examen.edition.sections.budget.annees + 1)
        recurrents = {
            "libelle": texte_court("Coût récurrent"),
            **{f"annee{annee}": EurosField(label=f"Année {annee}") for annee in annees},
        }
        return (
            Tableau("depenses", "dépense", _DEPENSES, tuple({"nature": nature} for nature in budget.NATURES)),
            Tableau("aides", "autre aide", _AIDES),
            Tableau("recurrents", "coût récurrent", recurrents),
        )

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """Resources by field."""
        return {f"ressource_{cle}": montant for cle, montant in table(contenu, "ressources").items()}

    def ajouter_champs(self) -> None:
        """Resources that every plan may have, then the tables."""
        for cle, libelle in budget.RESSOURCES.items():
            self.fields[f"ressource_{cle}"] = EurosField(label=libelle)
        super().ajouter_champs()

    def contenu(self) -> dict[str, Any]:
        """Amounts as « 1234.50 »; what was not given is absent."""
        ressources = {
            cle: montant
            for cle in budget.RESSOURCES
            if (montant := self.cleaned_data.get(f"ressource_{cle}")) is not None
        }
        return {"ressources": ressources, **self.contenu_des_tableaux()}

    @property
    def depenses(self) -> list[Any]:
        """Lines of expense."""
        return self.lignes("depenses")

    @property
    def aides(self) -> list[Any]:
        """Lines of other aids."""
        return self.lignes("aides")

    @property
    def recurrents(self) -> list[Any]:
        """Lines of recurring costs."""
        return self.lignes("recurrents")

    @property
    def ressources(self) -> list[Any]:
        """Fields of the resources."""
        return [self[f"ressource_{cle}"] for cle in budget.RESSOURCES]

    @property
    def bilan(self) -> budget.Bilan:
        """Totals of what was typed, on the base of the plan."""
        annees = budget_manques.annees_de(self.examen.contexte)
        lu = budget.lire(self.apercu, annees)
        return budget.bilan(lu, budget_manques.base_de(self.examen.contexte), annees)

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {
            "depenses": "Dépense",
            "ressources": "",
            "aides": "Autre aide",
            "recurrents": "Coût récurrent",
        }
