"""What the register knows of an establishment, in the terms of the rules."""

from dataclasses import dataclass
from datetime import date

from esms.aap.eligibilite import Public


@dataclass(frozen=True, slots=True)
class FicheEssms:
    """An establishment as the register sees it. None: the register cannot tell (unknown category)."""

    finess_et: str
    finess_ej: str
    nom: str
    commune: str
    region: str
    categorie: str
    public: Public | None
    saad: bool | None
    l312_1: bool | None
    ferme_le: date | None
