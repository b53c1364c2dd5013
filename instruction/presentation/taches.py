"""One line of the task list: a status among four, what is missing, who changed the section last."""

from dataclasses import dataclass

from instruction.models import Section
from instruction.requetes import Examen

A_FAIRE, INCOMPLET, COMPLET, FACULTATIF = "À faire", "Incomplet", "Complet", "Facultatif"


@dataclass(frozen=True, slots=True)
class Tache:
    """A section of the draft. `section` is None for one that is not typed or was never saved."""

    statut: str
    manques: tuple[str, ...]
    section: Section | None

    @property
    def finie(self) -> bool:
        """Nothing in it stops the filing."""
        return self.statut in {COMPLET, FACULTATIF}

    @property
    def badge(self) -> str:
        """DSFR badge; the word says it all, the colour only helps."""
        return {COMPLET: "success", FACULTATIF: "info", INCOMPLET: "new", A_FAIRE: "warning"}[self.statut]


def tache(examen: Examen, cle: str, *, typee: bool) -> Tache:
    """The line of a section; `typee` when its content is typed in the generic screen."""
    manques = examen.manques_par_section[cle]
    section = examen.sections.get(cle)
    demandee = examen.edition.candidature.section(cle)
    if not manques:
        statut = COMPLET if section or not typee else _sans_rien(demandee is None or demandee.obligatoire)
    elif demandee is not None and not demandee.obligatoire:
        statut = FACULTATIF
    else:
        statut = A_FAIRE if typee and section is None else INCOMPLET
    return Tache(statut, manques, section)


def _sans_rien(obligatoire: bool) -> str:
    """A section that lacks nothing though nobody opened it."""
    return COMPLET if obligatoire else FACULTATIF
