"""What comes next, in one sentence: for the porteur's list; for the agents whose turn it is not."""

from django.utils import timezone

from instruction.etats import Etat
from instruction.models import Dossier
from instruction.presentation.echeances import limite
from instruction.requetes_fenetre import cloture_de

_SUITES: dict[str, str] = {
    Etat.DEPOSE: "l’ARS va ouvrir la recevabilité.",
    Etat.RECEVABILITE: "l’ARS vérifie l’éligibilité et les pièces.",
    Etat.REORIENTE: "lisez vers quel guichet votre dossier est réorienté.",
    Etat.RECEVABLE: "l’ARS ouvrira l’instruction.",
    Etat.IRRECEVABLE: "lisez la décision motivée et les voies de recours.",
    Etat.INELIGIBLE: "lisez la décision motivée et les voies de recours.",
    Etat.EN_INSTRUCTION: "l’ARS instruit votre projet, puis décidera.",
    Etat.INSTRUIT: "l’ARS instruit votre projet, puis décidera.",
    Etat.RETENU: "l’ARS prépare la convention.",
    Etat.LISTE_COMPLEMENTAIRE: "votre projet sera retenu si des crédits se libèrent.",
    Etat.DESISTE: "rien\u202f; votre désistement est enregistré.",
    Etat.NON_RETENU: "lisez la décision motivée et les voies de recours.",
    Etat.CONVENTION_A_SIGNER: "signez la convention avec l’ARS.",
    Etat.CONVENTIONNE: "l’ARS verse la première part de la subvention.",
    Etat.EN_DEPLOIEMENT: "déployez le logiciel, puis demandez le solde une fois les cibles atteintes.",
    Etat.SOLDE_DEMANDE: "l’ARS examine votre demande de solde.",
    Etat.SOLDE: "rien\u202f; la subvention est entièrement versée.",
    Etat.CLOS: "rien\u202f; le dossier est clos.",
}

# Whose turn it is, by the names of the roles (`Role.label`) that every agent reads in « Rôles et accès ».
_SUITES_DES_AGENTS: dict[str, str] = {
    Etat.DEPOSE: "Un instructeur doit ouvrir la recevabilité.",
    Etat.RECEVABILITE: "L’instructeur examine l’éligibilité et les pièces, puis se prononce.",
    Etat.COMPLEMENTS_DEMANDES: "Le porteur doit répondre à la demande de compléments.",
    Etat.REORIENTE: "L’administrateur de l’ARS peut clore le dossier.",
    Etat.RECEVABLE: "L’instructeur doit ouvrir l’instruction.",
    Etat.IRRECEVABLE: "L’administrateur de l’ARS clora le dossier, une fois le délai de recours écoulé.",
    Etat.INELIGIBLE: "L’administrateur de l’ARS clora le dossier, une fois le délai de recours écoulé.",
    Etat.EN_INSTRUCTION: "L’instructeur remplit la grille, puis clôt l’instruction.",
    Etat.INSTRUIT: "Le responsable d’AAP (valideur) doit décider de retenir le projet ou non.",
    Etat.RETENU: "Le responsable d’AAP (valideur) doit préparer la convention.",
    Etat.LISTE_COMPLEMENTAIRE: "Le responsable d’AAP (valideur) retiendra le projet si un crédit se libère.",
    Etat.NON_RETENU: "L’administrateur de l’ARS clora le dossier, une fois le délai de recours écoulé.",
    Etat.DESISTE: "L’administrateur de l’ARS peut clore le dossier.",
    Etat.CONVENTION_A_SIGNER: "La convention, une fois émise, est signée par le porteur et par l’ARS.",
    Etat.CONVENTIONNE: "Le gestionnaire des versements doit enregistrer le premier versement.",
    Etat.EN_DEPLOIEMENT: (
        "Le porteur déploie le logiciel\u202f; il demandera le solde une fois les cibles d’usage atteintes."
    ),
    Etat.SOLDE_DEMANDE: "L’instructeur examine la demande de solde, que le gestionnaire des versements paie.",
    Etat.SOLDE: "L’administrateur de l’ARS peut clore le dossier.",
    Etat.CLOS: "Le dossier est clos\u00a0: plus rien n’est attendu.",
}


def suite_pour_les_agents(dossier: Dossier) -> str:
    """Who must act next on a filed dossier; no query."""
    return _SUITES_DES_AGENTS[dossier.etat]


def suite_pour_le_porteur(dossier: Dossier) -> str:
    """The next step, and until when for a draft; no query on a row of `avec_regions` with its campagne."""
    if dossier.etat == Etat.BROUILLON:
        cloture = cloture_de(dossier)
        if cloture.passee(timezone.now()):
            return f"le dépôt est clos depuis le {cloture.fin}."
        return f"complétez puis déposez, au plus tard le {cloture.fin}."
    if dossier.etat == Etat.COMPLEMENTS_DEMANDES and dossier.complements_avant is not None:
        avant = limite(dossier.complements_avant, dossier.campagne.fuseau)
        return f"répondez à la demande de compléments, au plus tard le {avant}."
    return _SUITES[dossier.etat]
