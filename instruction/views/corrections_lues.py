"""What a sent answer typed again, as a person reads it: against what was read before it, word by word."""

from dataclasses import dataclass
from decimal import Decimal

from esms.aap import Edition
from instruction.models import DemandeDeComplements
from instruction.presentation.differences import Changement, changements
from instruction.requetes_corrections import avant_la_reponse, corrigees_avant
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
    avant = avant_la_reponse(demande.depot.contenu, corrigees_avant(demande))
    lues = []
    for cle, contenu in scellees.items():
        decrite = decrite_ou_inconnue(cle)
        ecarts = changements(decrite.lire(avant.get(cle, {}), edition), decrite.lire(contenu, edition))
        lues.append(CorrectionLue(decrite.titre, ecarts))
    montants = complement.contenu["montants"]
    deux = (Decimal(montants["depot"]), Decimal(montants["corrige"])) if montants else None
    return CorrectionsLues(lues, deux)
