"""Rules of the AAP on who and what may be funded, where and when. Pure."""

from .controle import PROJET, Controle, Verdict, pire_verdict
from .controles import controler, controler_la_convention
from .fiche import FicheEssms
from .guichet import Guichet, guichet
from .pieces import PieceDemandee, pieces_demandees
from .projet import (
    Amoa,
    DuiFinance,
    Essms,
    Heures,
    Materiel,
    Organisme,
    Porteur,
    Projet,
    Rejoint,
    Solution,
)
from .registre import fonctions, regle

__all__ = [
    "PROJET",
    "Amoa",
    "Controle",
    "DuiFinance",
    "Essms",
    "FicheEssms",
    "Guichet",
    "Heures",
    "Materiel",
    "Organisme",
    "PieceDemandee",
    "Porteur",
    "Projet",
    "Rejoint",
    "Solution",
    "Verdict",
    "controler",
    "controler_la_convention",
    "fonctions",
    "guichet",
    "pieces_demandees",
    "pire_verdict",
    "regle",
]
