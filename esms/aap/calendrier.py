"""Calendar of an edition (C1–C7): dates are days at the legal time of the ARS's seat."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from .regle import Regle


@dataclass(frozen=True, slots=True, kw_only=True)
class Fenetre(Regle):
    """Days on which a dossier may be filed; midnight is the end of the last day (reading of C1)."""

    ouvre: date
    ferme: date

    def __post_init__(self) -> None:
        if self.ferme < self.ouvre:
            raise ValueError(f"la fenêtre ferme le {self.ferme} avant d’ouvrir le {self.ouvre}")

    def bornes(self, fuseau: ZoneInfo) -> tuple[datetime, datetime]:
        """First instant inside, first instant after, both aware."""
        return debut_du_jour(self.ouvre, fuseau), debut_du_jour(self.ferme + timedelta(days=1), fuseau)


@dataclass(frozen=True, slots=True, kw_only=True)
class HorsFenetre(Regle):
    """What happens to a dossier filed outside its window."""

    consequence: Literal["irrecevable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Echeance(Regle):
    """End of a phase; without a date the phase runs as dossiers come (« au fil de l’eau »)."""

    jusqu_au: date | None = None
    au_fil_de_l_eau: bool = False
    indicatif: str = ""

    def __post_init__(self) -> None:
        if self.jusqu_au is None and not self.au_fil_de_l_eau and not self.indicatif:
            raise ValueError("une échéance donne `jusqu_au`, `au_fil_de_l_eau = true` ou `indicatif`")

    def fin(self, fuseau: ZoneInfo) -> datetime | None:
        """First instant after the phase, or None when it has no end date."""
        return None if self.jusqu_au is None else debut_du_jour(self.jusqu_au + timedelta(days=1), fuseau)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complements(Regle):
    """When an answer to a request for more must have come."""

    avant_la_fin_de: Literal["recevabilite"]
    consequence: Literal["irrecevable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendrier:
    """All the dates of an edition."""

    depot: Annotated[Fenetre, "C1"]
    depot_multiregional: Annotated[Fenetre | None, "C2"] = None
    hors_fenetre: Annotated[HorsFenetre | None, "C3"] = None
    recevabilite: Annotated[Echeance, "C4"]
    complements: Annotated[Complements | None, "C5"] = None
    instruction: Annotated[Echeance, "C6"]
    selection: Annotated[Echeance, "C7"]

    def __post_init__(self) -> None:
        multi = self.depot_multiregional
        if multi is not None and (multi.ouvre < self.depot.ouvre or multi.ferme > self.depot.ferme):
            raise ValueError("depot_multiregional sort de la fenêtre de dépôt")
        fin_recevabilite, fin_instruction = self.recevabilite.jusqu_au, self.instruction.jusqu_au
        if fin_recevabilite is not None and fin_recevabilite < self.depot.ferme:
            raise ValueError("recevabilite.jusqu_au tombe avant la fermeture du dépôt")
        if fin_instruction is not None and fin_instruction < (fin_recevabilite or self.depot.ferme):
            raise ValueError("instruction.jusqu_au tombe avant la fin de la phase qui la précède")


def debut_du_jour(jour: date, fuseau: ZoneInfo) -> datetime:
    """Midnight that opens `jour` at the legal time of `fuseau`."""
    return datetime.combine(jour, time(), tzinfo=fuseau)
