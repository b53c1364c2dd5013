"""Gestures of the admissibility: opinions, complements, verdicts."""

from esms.comptes.models import ROLES_PORTEUR, Role
from instruction.cycle.depot import DEPOSANTS
from instruction.cycle.etat import Etat, Geste

E, R = Etat, Role
INSTRUCTEUR = (R.INSTRUCTEUR,)
MOTIVEE = "La décision est motivée\u202f; elle dit les voies et délais de recours."

ATTRIBUER = Geste(
    "attribuer",
    "Prendre en charge",
    (E.DEPOSE, E.RECEVABILITE, E.COMPLEMENTS_DEMANDES, E.RECEVABLE, E.EN_INSTRUCTION),
    None,
    INSTRUCTEUR,
)
OUVRIR_RECEVABILITE = Geste(
    "ouvrir_recevabilite", "Ouvrir la recevabilité", (E.DEPOSE,), E.RECEVABILITE, INSTRUCTEUR
)
VERIFIER = Geste(
    "verifier",
    "Vérifier éligibilité et recevabilité",
    (E.RECEVABILITE,),
    None,
    INSTRUCTEUR,
    ("Un contrôle renversé et une pièce refusée ont leur motif.",),
)
DEMANDER_COMPLEMENTS = Geste(
    "demander_complements",
    "Demander des compléments",
    (E.RECEVABILITE,),
    E.COMPLEMENTS_DEMANDES,
    INSTRUCTEUR,
    (
        "Au moins un élément est demandé, chacun avec sa raison.",
        "L’échéance est à venir et ne dépasse pas la fin de la recevabilité (C4, C5).",
    ),
)
COMPLETER = Geste(
    "completer",
    "Préparer les compléments",
    (E.COMPLEMENTS_DEMANDES,),
    None,
    ROLES_PORTEUR,
    ("Seul ce qui est demandé s’ajoute.", "L’échéance de la demande n’est pas passée (C5)."),
)
REPONDRE_COMPLEMENTS = Geste(
    "repondre_complements",
    "Envoyer les compléments",
    (E.COMPLEMENTS_DEMANDES,),
    E.RECEVABILITE,
    DEPOSANTS,
    ("Chaque élément demandé a sa réponse.", "L’échéance de la demande n’est pas passée (C5)."),
)
CLORE_COMPLEMENTS = Geste(
    "clore_complements",
    "Clore la demande de compléments",
    (E.COMPLEMENTS_DEMANDES,),
    E.RECEVABILITE,
    INSTRUCTEUR,
    ("L’échéance de la demande est passée, ou la demande est retirée avec un motif (C5).",),
)
RECEVOIR = Geste(
    "recevoir",
    "Prononcer recevable",
    (E.RECEVABILITE,),
    E.RECEVABLE,
    INSTRUCTEUR,
    (
        "Chaque contrôle est confirmé ou renversé, et aucun ne fait obstacle.",
        "Chaque pièce exigée est acceptée.",
    ),
)
ECARTER_IRRECEVABLE = Geste(
    "ecarter_irrecevable",
    "Prononcer irrecevable",
    (E.RECEVABILITE,),
    E.IRRECEVABLE,
    INSTRUCTEUR,
    (MOTIVEE,),
)
ECARTER_INELIGIBLE = Geste(
    "ecarter_ineligible",
    "Prononcer inéligible",
    (E.RECEVABILITE,),
    E.INELIGIBLE,
    INSTRUCTEUR,
    (MOTIVEE,),
)
REORIENTER = Geste(
    "reorienter",
    "Réorienter vers un autre guichet",
    (E.RECEVABILITE,),
    E.REORIENTE,
    INSTRUCTEUR,
    ("La réorientation est motivée et nomme un guichet connu, autre que celui-ci (G1, G2, G3).",),
)
