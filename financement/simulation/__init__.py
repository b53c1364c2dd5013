"""The simulation: strict entry, register, engine, contract JSON, what-if. Pure: no Django, no clock."""

from .completion import completer
from .entree import Saisie, lire
from .et_si import EtSi, et_si
from .gel import reprendre
from .lecteur import EntreeInvalide
from .referentiel import Referentiel, ReferentielIndisponible, ReferentielVide
from .resultat import Resultat, evaluer, simuler, simuler_la_candidature

__all__ = [
    "EntreeInvalide",
    "EtSi",
    "Referentiel",
    "ReferentielIndisponible",
    "ReferentielVide",
    "Resultat",
    "Saisie",
    "completer",
    "et_si",
    "evaluer",
    "lire",
    "reprendre",
    "simuler",
    "simuler_la_candidature",
]
