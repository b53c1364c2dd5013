"""Section « Projet »: one text per criterion of the edition's grid, named by the key of the criterion."""

from collections.abc import Mapping

from django import forms

from esms.aap import Edition
from esms.aap.grille import Critere, Domaine
from instruction.forms.sections.base import FormulaireDeSection


class ProjetForm(FormulaireDeSection):
    """The texts, so that the instructor reads where the score is given."""

    def ajouter_champs(self) -> None:
        """One text for each criterion."""
        for critere in self.examen.edition.grille.criteres:
            self.fields[critere.cle] = forms.CharField(
                label=critere.libelle,
                help_text=critere.consigne,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 8}),
            )

    @classmethod
    def libelles(cls, edition: Edition) -> Mapping[str, str]:
        """Criterion → label."""
        return {critere.cle: critere.libelle for critere in edition.grille.criteres}

    def domaines(self) -> list[tuple[Domaine, list[tuple[Critere, forms.BoundField]]]]:
        """The grid as it is scored, each criterion with its text."""
        return [(d, [(c, self[c.cle]) for c in d.criteres]) for d in self.examen.edition.grille.domaines]
