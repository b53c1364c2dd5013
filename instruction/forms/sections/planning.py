"""Section « Planning »: the milestones of the edition, extra steps."""

from collections.abc import Mapping
from typing import Any, ClassVar

from esms.aap import Edition
from instruction.forms.sections.champs import JourField, texte_court
from instruction.forms.sections.tableaux import FormulaireATableaux, Tableau
from instruction.regles.candidature import planning
from instruction.regles.candidature.lecture import table


class PlanningForm(FormulaireATableaux):
    """Milestones and steps; the Gantt is drawn from what was typed."""

    conseiller = staticmethod(planning.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        "libelle": "Étape",
        "debut": "Début",
        "fin": "Fin",
        **{jalon.cle: jalon.libelle for jalon in planning.JALONS_USUELS},
    }
    tableaux = (
        Tableau(
            "etapes",
            "étape",
            {
                "libelle": texte_court("Étape"),
                "debut": JourField(label="Début"),
                "fin": JourField(label="Fin"),
            },
        ),
    )

    def a_plat(self, contenu: Mapping[str, Any]) -> dict[str, Any]:
        """Milestones by field."""
        return {f"jalon_{cle}": jour for cle, jour in table(contenu, "jalons").items()}

    def ajouter_champs(self) -> None:
        """One day for each milestone, then the steps."""
        for jalon in planning.jalons(self.examen.edition):
            self.fields[f"jalon_{jalon.cle}"] = JourField(label=jalon.libelle)
        super().ajouter_champs()

    def contenu(self) -> dict[str, Any]:
        """Days as AAAA-MM-JJ, by milestone; steps."""
        jours = {
            jalon.cle: jour.isoformat()
            for jalon in planning.jalons(self.examen.edition)
            if (jour := self.cleaned_data.get(f"jalon_{jalon.cle}")) is not None
        }
        return {"jalons": jours, **self.contenu_des_tableaux()}

    @property
    def jalons(self) -> list[Any]:
        """Fields of the milestones, in order."""
        return [self[f"jalon_{jalon.cle}"] for jalon in planning.jalons(self.examen.edition)]

    @property
    def etapes(self) -> list[Any]:
        """Lines of the steps."""
        return self.lignes("etapes")

    jours = frozenset(["debut", "fin", *(jalon.cle for jalon in planning.JALONS_USUELS)])

    @property
    def trace(self) -> planning.Planning:
        """What the Gantt shows."""
        return planning.lire(self.apercu, self.examen.edition)

    @property
    def repere(self) -> planning.Repere | None:
        """The usual end of such a project."""
        return planning.repere(self.trace, self.examen.contexte)

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {"jalons": "", "etapes": "Étape"}
