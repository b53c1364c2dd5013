"""Gestures of the convention, of the payments and of the end."""

from esms.comptes.models import Role
from instruction.cycle.depot import DEPOSANTS
from instruction.cycle.etat import Etat, Geste
from instruction.cycle.recevabilite import INSTRUCTEUR
from instruction.cycle.selection import VALIDEUR

E, R = Etat, Role

PREPARER_CONVENTION = Geste(
    "preparer_convention",
    "Préparer la convention",
    (E.RETENU,),
    E.CONVENTION_A_SIGNER,
    VALIDEUR,
    ("Aucun ESSMS n’est déjà financé par une autre convention (E8, E9).",),
)
CONSTATER_SIGNATURE = Geste(
    "constater_signature",
    "Marquer la convention signée",
    (E.CONVENTION_A_SIGNER,),
    E.CONVENTIONNE,
    (R.SIGNATAIRE, R.ADMINISTRATEUR),
    (
        "La convention est émise.",
        "La date de signature n’est ni future ni antérieure à l’émission.",
    ),
)
VERSER = Geste(
    "verser",
    "Enregistrer le premier versement",
    (E.CONVENTIONNE,),
    E.EN_DEPLOIEMENT,
    (R.GESTIONNAIRE, R.ADMINISTRATEUR),
    ("La date du versement n’est ni future ni antérieure à la signature\u202f; sa référence est donnée.",),
)
DEMANDER_SOLDE = Geste(
    "demander_solde",
    "Demander le solde",
    (E.EN_DEPLOIEMENT,),
    E.SOLDE_DEMANDE,
    DEPOSANTS,
    (
        "Les cibles d’usage qui conditionnent le solde sont atteintes, preuves jointes (U1 à U5).",
        "L’état récapitulatif des dépenses est joint (F8).",
    ),
)
REJETER_SOLDE = Geste(
    "rejeter_solde",
    "Rejeter la demande de solde",
    (E.SOLDE_DEMANDE,),
    E.EN_DEPLOIEMENT,
    INSTRUCTEUR,
    ("Le rejet est motivé.",),
)
SOLDER = Geste(
    "solder",
    "Enregistrer le solde",
    (E.SOLDE_DEMANDE,),
    E.SOLDE,
    (R.GESTIONNAIRE,),
    (
        "La date du versement n’est ni future ni antérieure à la demande\u202f; sa référence est donnée.",
        "Les versements ne dépassent pas la subvention (F8).",
    ),
)
CLORE = Geste(
    "clore",
    "Clore le dossier",
    (E.SOLDE, E.IRRECEVABLE, E.INELIGIBLE, E.REORIENTE, E.NON_RETENU, E.DESISTE),
    E.CLOS,
    (R.ADMINISTRATEUR,),
    ("Après un refus, le délai de recours de deux mois est écoulé.",),
)
