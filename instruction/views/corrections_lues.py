"""What a sent answer typed again, as a person reads it: against what was filed, word by word."""

from dataclasses import dataclass
from decimal import Decimal

from esms.aap import Edition
from instruction.models import DemandeDeComplements
from instruction.presentation.differences import Changement, changements
from instruction.regles.complements import HEURES
from instruction.requetes_corrections import heures_de
from instruction.views.sections import decrite_ou_inconnue


@dataclass(frozen=True, slots=True)
class CorrectionLue:
    """One section corrected, and the answers that changed."""

    titre: str
    changements: list[Changement]


@dataclass(frozen=True, slots=True)
class CorrectionsLues:
    """All of an answer; `montants`: grant at the filing and with the hours corrected, None without them."""

    sections: list[CorrectionLue]
    montants: tuple[Decimal, Decimal] | None


def corrections_lues(demande: DemandeDeComplements, edition: Edition) -> CorrectionsLues | None:
    """Read from the two seals, that of the filing and that of the answer; None when nothing was corrected."""
    complement = getattr(demande, "complement", None)
    scellees = complement.contenu.get("corrections") if complement else None
    if not complement or not scellees:
        return None
    depose = demande.depot.contenu
    avant = {**depose["candidature"], HEURES: heures_de(depose["entree_complete"])}
    lues = []
    for cle, contenu in scellees.items():
        decrite = decrite_ou_inconnue(cle)
        ecarts = changements(decrite.lire(avant.get(cle, {}), edition), decrite.lire(contenu, edition))
        lues.append(CorrectionLue(decrite.titre, ecarts))
    montants = complement.contenu["montants"]
    deux = (Decimal(montants["depot"]), Decimal(montants["corrige"])) if montants else None
    return CorrectionsLues(lues, deux)
