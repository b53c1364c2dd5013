"""What comes next, in one sentence, for the porteur's list."""

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


def suite_pour_le_porteur(dossier: Dossier) -> str:
    """The next step, and until when for a draft; no query on a row of `avec_regions` with its campagne."""
    if dossier.etat == Etat.BROUILLON:
        return f"complétez puis déposez, au plus tard le {cloture_de(dossier).fin}."
    if dossier.etat == Etat.COMPLEMENTS_DEMANDES and dossier.complements_avant is not None:
        avant = limite(dossier.complements_avant, dossier.campagne.fuseau)
        return f"répondez à la demande de compléments, au plus tard le {avant}."
    return _SUITES[dossier.etat]
