"""Rules of the AAP on who and what may be funded, where and when. Pure: standard library and editions only."""

from .controle import PROJET, Controle, Verdict, pire_verdict
from .controles import controler
from .guichet import Guichet, guichet
from .pieces import PieceDemandee, pieces_demandees
from .projet import (
    Amoa,
    DuiFinance,
    Essms,
    FicheEssms,
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
    "fonctions",
    "guichet",
    "pieces_demandees",
    "pire_verdict",
    "regle",
]
