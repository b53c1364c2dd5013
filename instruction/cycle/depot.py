"""Gestures of the porteur, from the draft to the filing, and back."""

from esms.comptes.models import ROLES_PORTEUR, Role
from instruction.cycle.etat import Etat, Geste

E, R = Etat, Role
DEPOSANTS = (R.PORTEUR, R.REPRESENTANT)

MODIFIER = Geste("modifier", "Modifier le dossier", (E.BROUILLON,), None, ROLES_PORTEUR)
CERTIFIER = Geste(
    "certifier",
    "Certifier l’exactitude du dossier",
    (E.BROUILLON,),
    None,
    (R.REPRESENTANT,),
    ("Rien de ce que l’appel à projets exige ne manque.",),
)
DEPOSER = Geste(
    "deposer",
    "Déposer le dossier",
    (E.BROUILLON,),
    E.DEPOSE,
    DEPOSANTS,
    (
        "La fenêtre de dépôt qui s’applique au projet est ouverte (C1, C2, C3).",
        "Rien de ce que l’appel à projets exige ne manque.",
        "Le représentant légal a certifié exactement ce qui est déposé.",
    ),
)
RETIRER_DEPOT = Geste(
    "retirer_depot",
    "Retirer le dépôt",
    (E.DEPOSE, E.RECEVABILITE),
    E.BROUILLON,
    DEPOSANTS,
    ("La fenêtre de dépôt qui s’applique au projet n’est pas close (C1, C2).",),
)
SE_DESISTER = Geste(
    "se_desister",
    "Se désister",
    (
        E.DEPOSE,
        E.RECEVABILITE,
        E.COMPLEMENTS_DEMANDES,
        E.RECEVABLE,
        E.EN_INSTRUCTION,
        E.INSTRUIT,
        E.LISTE_COMPLEMENTAIRE,
        E.RETENU,
        E.CONVENTION_A_SIGNER,
    ),
    E.DESISTE,
    DEPOSANTS,
    ("Le désistement est motivé.",),
)
