"""Section « Risques »: a table, each line scored on gravity and likelihood."""

from collections.abc import Mapping
from typing import Any, ClassVar

from esms.aap import Edition
from instruction.forms.sections.champs import ChoixField, texte_court, texte_long
from instruction.forms.sections.tableaux import FormulaireATableaux, Tableau
from instruction.regles.candidature import risques
from instruction.requetes import Examen

GRAVITES = {"1": "1 – mineure", "2": "2 – significative", "3": "3 – grave", "4": "4 – critique"}
VRAISEMBLANCES = {
    "1": "1 – très peu probable",
    "2": "2 – peu probable",
    "3": "3 – probable",
    "4": "4 – presque sûre",
}
FAMILLES = {
    "gouvernance": "Gouvernance",
    "ressources": "Ressources",
    "financement": "Financement",
    "editeur": "Éditeur",
    "autre": "Autre",
}
DEPART = 3  # blank lines


class RisquesForm(FormulaireATableaux):
    """The risk analysis."""

    conseiller = staticmethod(risques.conseils)
    colonnes: ClassVar[Mapping[str, str]] = {
        "risque": "Risque",
        "famille": "Famille",
        "gravite": "Gravité",
        "vraisemblance": "Vraisemblance",
        "mesure": "Mesure corrective",
        "responsable": "Responsable",
    }

    @classmethod
    def tables(cls, examen: Examen) -> tuple[Tableau, ...]:
        """One table, whose families are those of the edition."""
        familles = {f.cle: f.libelle for f in examen.edition.sections.risques.familles} or FAMILLES
        champs = {
            "risque": texte_court("Risque"),
            "famille": ChoixField(familles, label="Famille"),
            "gravite": ChoixField(GRAVITES, label="Gravité"),
            "vraisemblance": ChoixField(VRAISEMBLANCES, label="Vraisemblance"),
            "mesure": texte_long("Mesure corrective", rangees=2),
            "responsable": texte_court("Responsable"),
        }
        return (Tableau("risques", "risque", champs, ({},) * DEPART),)

    def contenu(self) -> dict[str, Any]:
        """The lines, scores as numbers."""
        lignes = self.contenu_des_tableaux()["risques"]
        cotes = ("gravite", "vraisemblance")
        return {"risques": [{c: _cote(v) if c in cotes else v for c, v in ligne.items()} for ligne in lignes]}

    choix: ClassVar[Mapping[str, Mapping[str, str]]] = {
        "famille": FAMILLES,
        "gravite": GRAVITES,
        "vraisemblance": VRAISEMBLANCES,
    }

    @property
    def saisies(self) -> list[Any]:
        """The lines."""
        return self.lignes("risques")

    @property
    def classes(self) -> tuple[risques.Risque, ...]:
        """The worst first."""
        return risques.classer(risques.lire(self.apercu))

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Field → label."""
        return {"risques": "Risque"}


def _cote(valeur: Any) -> int | None:
    return int(valeur) if valeur else None
