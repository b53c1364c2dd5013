"""What the application form holds: which sections, in which order, required or not, and the article."""

from dataclasses import dataclass
from typing import Literal

Exigence = Literal["obligatoire", "facultative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDemandee:
    """One section of the form.

    An optional one never stops the filing; what is typed in it is sealed all the same.
    """

    cle: str
    article: str
    exigence: Exigence
    lecture: str = ""

    @property
    def obligatoire(self) -> bool:
        """What is missing in it stops the filing."""
        return self.exigence == "obligatoire"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidature:
    """The sections of an edition, in the order of the task list."""

    article: str
    sections: tuple[SectionDemandee, ...]

    def __post_init__(self) -> None:
        cles = [section.cle for section in self.sections]
        if not cles:
            raise ValueError("une candidature a au moins une section")
        if len(set(cles)) != len(cles):
            raise ValueError("une section est citée deux fois")

    def section(self, cle: str) -> SectionDemandee | None:
        """The section named `cle`, or None when this AAP does not ask for it."""
        return next((section for section in self.sections if section.cle == cle), None)
