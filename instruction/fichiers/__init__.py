"""What a file must be to enter: its name cleaned, its content read before it is believed.

No word of the database here.
"""

from instruction.fichiers.controle import TAILLE_MAX, TYPES, Constat, controler
from instruction.fichiers.noms import nom_affiche
from instruction.fichiers.refus import FichierRefuse

__all__ = ["TAILLE_MAX", "TYPES", "Constat", "FichierRefuse", "controler", "nom_affiche"]
