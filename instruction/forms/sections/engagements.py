"""Section « Engagements »: one box per commitment of the AAP for this project, never ticked beforehand."""

from collections.abc import Mapping
from typing import Any

from django import forms

from esms.aap import Edition
from esms.aap.sections import EngagementDemande
from esms.socle.citations import source
from grappes.regles import Rejoint
from instruction.forms.sections.base import FormulaireDeSection
from instruction.presentation.reponses import Reponse
from instruction.regles.candidature import engagements


class EngagementsForm(FormulaireDeSection):
    """Commitments to declare."""

    def initiales(self) -> dict[str, Any]:
        """Boxes that were ticked."""
        return {f"engagement_{cle}": True for cle in engagements.declares(self.section.contenu)}

    def ajouter_champs(self) -> None:
        """One box for each commitment asked of this project, with its article."""
        for demande in self.demandes:
            origine = source(demande.article, demande.regle).strip("()")
            self.fields[f"engagement_{demande.cle}"] = forms.BooleanField(
                label=demande.libelle, help_text=f"{origine[0].upper()}{origine[1:]}"
            )

    def contenu(self) -> dict[str, Any]:
        """Commitments declared; one that is not asked any more is forgotten."""
        pris = [d.cle for d in self.demandes if self.cleaned_data.get(f"engagement_{d.cle}")]
        return {"declares": dict.fromkeys(pris, True)}

    @property
    def demandes(self) -> tuple[EngagementDemande, ...]:
        """The commitments of the edition for this project."""
        return engagements.demandes(self.examen.edition, self.examen.contexte.projet)

    @property
    def rejoint(self) -> Rejoint | None:
        """The group that is joined (E4), when the edition has this derogation: declared with the grappe."""
        return self.examen.contexte.projet.rejoint if self.examen.edition.eligibilite.derogation else None

    @classmethod
    def lire(cls, contenu: Mapping[str, Any], edition: Edition) -> tuple[Reponse, ...]:
        """Commitments declared, in the words of the edition."""
        libelles = {e.cle: e.libelle for e in edition.sections.engagements.liste}
        return tuple(
            Reponse(f"declares.{cle}", libelles.get(cle, cle), "Déclaré")
            for cle in sorted(engagements.declares(contenu), key=lambda cle: [*libelles, cle].index(cle))
        )
