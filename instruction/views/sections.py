"""The sections of a candidature: the one place where a section is plugged in.

To add one: a form (`instruction/forms/sections/<cle>.py`, FormulaireDeSection), its rule of what is missing
(one line in `instruction.regles.candidature.MANQUES`), a template `templates/instruction/sections/<cle>.html`
that extends `instruction/section.html` (block `champs`) when the default layout is not enough, one line in
SECTIONS here, one line in the `[candidature]` table of each edition that asks for it, where the order of the
task list is. Task list, autosave, conflict, history, seal, check page and the agents' reading follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.urls import reverse

from esms.aap import Edition
from instruction.forms.sections.base import FormulaireDeSection
from instruction.forms.sections.budget import BudgetForm
from instruction.forms.sections.contacts import ContactsForm
from instruction.forms.sections.engagements import EngagementsForm
from instruction.forms.sections.equipement import EquipementForm
from instruction.forms.sections.heures import HeuresCorrigeesForm
from instruction.forms.sections.planning import PlanningForm
from instruction.forms.sections.porteur import PorteurForm
from instruction.forms.sections.projet import ProjetForm
from instruction.forms.sections.risques import RisquesForm
from instruction.forms.sections.si import SiForm
from instruction.forms.sections.usages import UsagesForm
from instruction.models import Dossier, Section
from instruction.presentation.reponses import Reponse
from instruction.regles.candidature.titres import titre
from instruction.regles.complements import HEURES
from instruction.requetes import Examen


@dataclass(frozen=True, slots=True)
class SectionDecrite:
    """How a section is shown. `adresse` names the screen of one that does not use the generic one.

    `refait_le_calcul` when saving it changes what the engine reads (grappe, solution, quotes).
    """

    cle: str
    formulaire: type[FormulaireDeSection] | None = None
    gabarit: str = "instruction/section.html"
    adresse: str = ""
    refait_le_calcul: bool = False

    @property
    def titre(self) -> str:
        """What it is called."""
        return titre(self.cle)

    @property
    def typee(self) -> bool:
        """Typed in the generic screen (a template would call the form's class: it asks this instead)."""
        return self.formulaire is not None

    def presente(self, edition: Edition) -> bool:
        """Whether this edition asks for it."""
        return edition.candidature.section(self.cle) is not None

    def ouvrir(self, donnees: QueryDict | None, *, section: Section, examen: Examen) -> FormulaireDeSection:
        """Its form over the recorded section. Raises Http404 when it has a screen of its own."""
        if self.formulaire is None:
            raise Http404(self.cle)
        return self.formulaire(donnees, section=section, examen=examen)

    def url(self, dossier: Dossier) -> str:
        """Its page."""
        if self.adresse:
            return reverse(self.adresse, args=[dossier.pk])
        return reverse("dossiers:section", args=[dossier.pk, self.cle])

    def lire(self, contenu: Mapping[str, object], edition: Edition) -> tuple[Reponse, ...]:
        """What was typed, as a person reads it."""
        return (self.formulaire or FormulaireDeSection).lire(contenu, edition)


SECTIONS: tuple[SectionDecrite, ...] = (
    SectionDecrite("porteur", PorteurForm, "instruction/sections/porteur.html"),
    SectionDecrite("contacts", ContactsForm, "instruction/sections/contacts.html"),
    SectionDecrite("grappe", adresse="dossiers:grappe"),
    SectionDecrite("equipement", EquipementForm, "instruction/sections/equipement.html"),
    SectionDecrite("projet", ProjetForm, "instruction/sections/projet.html"),
    SectionDecrite("usages", UsagesForm, "instruction/sections/usages.html"),
    SectionDecrite("risques", RisquesForm, "instruction/sections/risques.html"),
    SectionDecrite("planning", PlanningForm, "instruction/sections/planning.html"),
    SectionDecrite("budget", BudgetForm, "instruction/sections/budget.html"),
    SectionDecrite("si", SiForm, "instruction/sections/si.html"),
    SectionDecrite("engagements", EngagementsForm, "instruction/sections/engagements.html"),
    SectionDecrite("pieces", adresse="dossiers:pieces"),
)
# No section of a draft: the grappe holds the hours. An answer to a request for complements may correct them.
DES_HEURES = SectionDecrite(HEURES, HeuresCorrigeesForm, "instruction/sections/heures.html")
_PAR_CLE = {decrite.cle: decrite for decrite in (*SECTIONS, DES_HEURES)}


def sections_de(edition: Edition) -> tuple[SectionDecrite, ...]:
    """The sections that an edition asks for, in the order of the task list."""
    return tuple(_PAR_CLE[demandee.cle] for demandee in edition.candidature.sections)


def section_nommee(cle: str, edition: Edition) -> SectionDecrite:
    """The section of this edition that has the generic screen. Raises Http404."""
    decrite = _PAR_CLE.get(cle)
    if decrite is None or decrite.formulaire is None or not decrite.presente(edition):
        raise Http404(cle)
    return decrite


def decrite_ou_inconnue(cle: str) -> SectionDecrite:
    """The description of a sealed section, even one that the portal no longer knows."""
    return _PAR_CLE.get(cle) or SectionDecrite(cle)


def sections_scellees(
    candidature: Mapping[str, Mapping[str, object]], edition: Edition
) -> list[tuple[SectionDecrite, tuple[Reponse, ...]]]:
    """Everything that was typed in a sealed filing, in the order of the edition.

    An answer left empty is left out; canonical JSON sorts its keys, hence the order given here.
    """
    ordre = [demandee.cle for demandee in edition.candidature.sections]
    rangs = {cle: ordre.index(cle) if cle in ordre else len(ordre) for cle in candidature}
    lues = [
        (decrite_ou_inconnue(cle), candidature[cle]) for cle in sorted(candidature, key=rangs.__getitem__)
    ]
    return [
        (decrite, tuple(r for r in decrite.lire(contenu, edition) if r.texte)) for decrite, contenu in lues
    ]


def suivante(cle: str, edition: Edition) -> SectionDecrite | None:
    """The section after this one; None after the last."""
    decrites = sections_de(edition)
    rang = [decrite.cle for decrite in decrites].index(cle)
    return decrites[rang + 1] if rang + 1 < len(decrites) else None
