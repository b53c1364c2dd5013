"""Gestures of the examination and of the selection."""

from esms.comptes.models import Role
from instruction.cycle.etat import Etat, Geste
from instruction.cycle.recevabilite import INSTRUCTEUR, MOTIVEE

E, R = Etat, Role
VALIDEUR = (R.VALIDEUR,)

OUVRIR_INSTRUCTION = Geste(
    "ouvrir_instruction", "Ouvrir l’instruction", (E.RECEVABLE,), E.EN_INSTRUCTION, INSTRUCTEUR
)
NOTER = Geste(
    "noter",
    "Remplir la grille",
    (E.EN_INSTRUCTION,),
    None,
    INSTRUCTEUR,
    ("Une note suit la grille de l’appel à projets.",),
)
CLORE_INSTRUCTION = Geste(
    "clore_instruction",
    "Clore l’instruction",
    (E.EN_INSTRUCTION,),
    E.INSTRUIT,
    INSTRUCTEUR,
    ("Chaque critère est noté et justifié.",),
)
RETENIR = Geste("retenir", "Retenir le projet", (E.INSTRUIT, E.LISTE_COMPLEMENTAIRE), E.RETENU, VALIDEUR)
INSCRIRE_LISTE_COMPLEMENTAIRE = Geste(
    "inscrire_liste_complementaire",
    "Inscrire sur la liste complémentaire",
    (E.INSTRUIT,),
    E.LISTE_COMPLEMENTAIRE,
    VALIDEUR,
    ("Le rang, à partir de 1, est libre sur la liste de la campagne.",),
)
NE_PAS_RETENIR = Geste(
    "ne_pas_retenir",
    "Ne pas retenir le projet",
    (E.INSTRUIT, E.LISTE_COMPLEMENTAIRE),
    E.NON_RETENU,
    VALIDEUR,
    (MOTIVEE,),
)
