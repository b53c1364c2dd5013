"""One line of the task list: a status among four, what is missing, who changed the section last."""

from collections.abc import Iterable
from dataclasses import dataclass

from instruction.models import Section
from instruction.requetes import Examen

A_FAIRE, INCOMPLET, COMPLET, FACULTATIF = "À faire", "Incomplet", "Complet", "Facultatif"


@dataclass(frozen=True, slots=True)
class Tache:
    """A section of the draft. `section` is None for one that is not typed or was never saved.

    What a section that is `facultative` lacks never stops the filing.
    """

    statut: str
    manques: tuple[str, ...]
    section: Section | None
    facultative: bool

    @property
    def finie(self) -> bool:
        """Nothing is missing in it."""
        return self.statut == COMPLET

    @property
    def badge(self) -> str:
        """DSFR badge; the word says it all, the colour only helps."""
        return {COMPLET: "success", FACULTATIF: "info", INCOMPLET: "new", A_FAIRE: "warning"}[self.statut]


def tache(examen: Examen, cle: str, *, typee: bool) -> Tache:
    """The line of a section; `typee` when its content is typed in the generic screen."""
    manques = examen.manques_par_section[cle]
    section = examen.sections.get(cle)
    demandee = examen.edition.candidature.section(cle)
    facultative = demandee is not None and not demandee.obligatoire
    if facultative and (manques or (typee and section is None)):
        statut = FACULTATIF
    elif not manques:
        statut = COMPLET
    else:
        statut = A_FAIRE if typee and section is None else INCOMPLET
    return Tache(statut, manques, section, facultative)


def avancement(taches: Iterable[Tache]) -> tuple[int, int]:
    """How many sections are complete, out of those that the filing waits for; optional ones do not count."""
    attendues = [tache for tache in taches if not tache.facultative]
    return sum(tache.finie for tache in attendues), len(attendues)
