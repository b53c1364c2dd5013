"""The life cycle of a dossier, on one screen: its states, how each public calls them, every gesture.

The model, the database trigger, the access rules, the buttons and docs/cycle-de-vie.md are all read from
`Etat` and `GESTES`; a test plays every gesture in every state by every role.
"""

from dataclasses import dataclass

from django.db import models

from esms.comptes.models import ROLES_PORTEUR, Role


class Etat(models.TextChoices):
    """States, as the ARS calls them."""

    BROUILLON = "brouillon", "Brouillon"
    DEPOSE = "depose", "Déposé"
    RECEVABILITE = "recevabilite", "En recevabilité"
    COMPLEMENTS_DEMANDES = "complements_demandes", "Compléments demandés"
    RECEVABLE = "recevable", "Recevable"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"
    REORIENTE = "reoriente", "Réorienté"
    EN_INSTRUCTION = "en_instruction", "En instruction"
    INSTRUIT = "instruit", "Instruit"
    RETENU = "retenu", "Retenu"
    LISTE_COMPLEMENTAIRE = "liste_complementaire", "Liste complémentaire"
    NON_RETENU = "non_retenu", "Non retenu"
    DESISTE = "desiste", "Désisté"
    CONVENTION_A_SIGNER = "convention_a_signer", "Convention à signer"
    CONVENTIONNE = "conventionne", "Conventionné"
    EN_DEPLOIEMENT = "en_deploiement", "En déploiement"
    SOLDE_DEMANDE = "solde_demande", "Solde demandé"
    SOLDE = "solde", "Soldé"
    CLOS = "clos", "Clos"


# The porteur learns a decision when it is pronounced, and reads one word for the steps that are the ARS's
# own.
LIBELLES_PORTEUR: dict[str, str] = {
    Etat.BROUILLON: "Brouillon – non déposé",
    Etat.DEPOSE: "Déposé",
    Etat.RECEVABILITE: "Déposé, recevabilité à l’étude",
    Etat.COMPLEMENTS_DEMANDES: "Compléments à fournir",
    Etat.RECEVABLE: "Recevable, instruction à venir",
    Etat.IRRECEVABLE: "Irrecevable",
    Etat.INELIGIBLE: "Inéligible",
    Etat.REORIENTE: "Réorienté vers un autre guichet",
    Etat.EN_INSTRUCTION: "En cours d’instruction",
    Etat.INSTRUIT: "En cours d’instruction",
    Etat.RETENU: "Retenu",
    Etat.LISTE_COMPLEMENTAIRE: "Sur la liste complémentaire",
    Etat.NON_RETENU: "Non retenu",
    Etat.DESISTE: "Désistement enregistré",
    Etat.CONVENTION_A_SIGNER: "Retenu, convention à signer",
    Etat.CONVENTIONNE: "Conventionné",
    Etat.EN_DEPLOIEMENT: "En déploiement",
    Etat.SOLDE_DEMANDE: "Solde demandé",
    Etat.SOLDE: "Soldé",
    Etat.CLOS: "Clos",
}


@dataclass(frozen=True, slots=True)
class Geste:
    """A gesture: from which states, to which one (None: it stays), in whose hands, its button's label.

    `conditions`: what its action requires besides the state and the role, one French sentence each.
    """

    nom: str
    libelle: str
    sources: tuple[Etat, ...]
    cible: Etat | None
    roles: tuple[Role, ...]
    conditions: tuple[str, ...] = ()

    @property
    def mains(self) -> str:
        """Whose hands, in words."""
        return ", ".join(str(role.label) for role in self.roles)


E, R = Etat, Role
DEPOSANTS = (R.PORTEUR, R.REPRESENTANT)
INSTRUCTEUR, VALIDEUR = (R.INSTRUCTEUR,), (R.VALIDEUR,)
MOTIVEE = "La décision est motivée\u202f; elle dit les voies et délais de recours."

# From the draft to the filing, and back.
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

# Admissibility: opinions, complements, verdicts.
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
    "ecarter_irrecevable", "Prononcer irrecevable", (E.RECEVABILITE,), E.IRRECEVABLE, INSTRUCTEUR, (MOTIVEE,)
)
ECARTER_INELIGIBLE = Geste(
    "ecarter_ineligible", "Prononcer inéligible", (E.RECEVABILITE,), E.INELIGIBLE, INSTRUCTEUR, (MOTIVEE,)
)
REORIENTER = Geste(
    "reorienter",
    "Réorienter vers un autre guichet",
    (E.RECEVABILITE,),
    E.REORIENTE,
    INSTRUCTEUR,
    ("La réorientation est motivée et nomme un guichet connu, autre que celui-ci (G1, G2, G3).",),
)

# Examination and selection.
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

# Convention, payments, end.
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

# fmt: off
GESTES: tuple[Geste, ...] = (
    MODIFIER, CERTIFIER, DEPOSER, RETIRER_DEPOT, ATTRIBUER, OUVRIR_RECEVABILITE, VERIFIER,
    DEMANDER_COMPLEMENTS, COMPLETER, REPONDRE_COMPLEMENTS, CLORE_COMPLEMENTS, RECEVOIR,
    ECARTER_IRRECEVABLE, ECARTER_INELIGIBLE, REORIENTER, OUVRIR_INSTRUCTION, NOTER, CLORE_INSTRUCTION,
    RETENIR, INSCRIRE_LISTE_COMPLEMENTAIRE, NE_PAS_RETENIR, SE_DESISTER, PREPARER_CONVENTION,
    CONSTATER_SIGNATURE, VERSER, DEMANDER_SOLDE, REJETER_SOLDE, SOLDER, CLORE,
)
# fmt: on

# Once filed, the ARS sees it; and the pairs that the database lets through.
ETATS_DEPOSES: tuple[Etat, ...] = tuple(etat for etat in Etat if etat != Etat.BROUILLON)
PAIRES: frozenset[tuple[str, str]] = frozenset(
    (source.value, geste.cible.value)
    for geste in GESTES
    if geste.cible is not None
    for source in geste.sources
)


def libelle(etat: str, *, pour_porteur: bool) -> str:
    """How that public calls the state."""
    return LIBELLES_PORTEUR[etat] if pour_porteur else str(Etat(etat).label)
