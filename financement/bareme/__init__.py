"""The scale of the AAP: what a project receives, line by line. Pure."""

from .calcul import calculer, totaliser
from .cibles import Mesure, MesureInvalide, mesurer
from .ligne import Ecartee, Financement, Ligne, SubventionRegroupee, Versement
from .modulation import Modulation, ModulationRefusee, moduler

__all__ = [
    "Ecartee",
    "Financement",
    "Ligne",
    "Mesure",
    "MesureInvalide",
    "Modulation",
    "ModulationRefusee",
    "SubventionRegroupee",
    "Versement",
    "calculer",
    "mesurer",
    "moduler",
    "totaliser",
]
