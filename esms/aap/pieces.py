"""Documents of a dossier (P1–P11) and when each one is required."""

from dataclasses import dataclass
from typing import Literal

from .regle import Regle

Condition = Literal[
    "toujours",
    "facultative",
    "saad",
    "entite_nationale",
    "dpi_ght_ou_ahi_pjm_seuls",
    "petits_organismes_regroupes",
    "materiel",
    "amoa",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jalon:
    """A milestone that the porteur types in besides the document."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Regle):
    """One document: below `minimum` files the dossier is incomplete, below `souhaite` it draws an alert."""

    libelle: str
    exigee_quand: Condition
    minimum: int = 1
    souhaite: int = 1
    par_organisme: bool = False
    par_essms: bool = False
    aide: str = ""
    jalons: tuple[Jalon, ...] = ()

    def __post_init__(self) -> None:
        if self.minimum < 1 or self.souhaite < self.minimum:
            raise ValueError("`minimum` vaut au moins 1 et `souhaite` au moins `minimum`")
