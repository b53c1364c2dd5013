"""What comes next, in one sentence, for the porteur's list."""

from esms.socle.templatetags.dates import jour
from instruction.etats import Etat
from instruction.models import Dossier

_SUITES: dict[str, str] = {
    Etat.DEPOSE: "l’ARS vérifie l’éligibilité et les pièces.",
    Etat.RECEVABLE: "l’ARS ouvrira l’instruction.",
    Etat.IRRECEVABLE: "lisez la décision motivée et les voies de recours.",
    Etat.INELIGIBLE: "lisez la décision motivée et les voies de recours.",
    Etat.EN_INSTRUCTION: "l’ARS instruit votre projet, puis décidera.",
    Etat.INSTRUIT: "l’ARS instruit votre projet, puis décidera.",
    Etat.RETENU: "l’ARS prépare la convention.",
    Etat.NON_RETENU: "lisez la décision motivée et les voies de recours.",
    Etat.CONVENTION_A_SIGNER: "signez la convention avec l’ARS.",
    Etat.CONVENTIONNE: "l’ARS verse la première part de la subvention.",
    Etat.EN_DEPLOIEMENT: "déployez le logiciel\u202f; le solde viendra avec l’atteinte des cibles.",
}


def suite_pour_le_porteur(dossier: Dossier) -> str:
    """The next step, and until when for a draft; reads nothing but the row and its campagne."""
    if dossier.etat == Etat.BROUILLON:
        return f"complétez puis déposez, au plus tard le {jour(dossier.campagne.fermeture)} à minuit."
    return _SUITES[dossier.etat]
