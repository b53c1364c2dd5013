"""P4, the porteur's letter of commitment, ready to sign."""

from instruction.documents.engagements import engagements_du_porteur
from instruction.documents.parties import Parties
from instruction.documents.rendu import rendre_modele
from instruction.requetes import Examen


def lettre_pdf(examen: Examen) -> bytes:
    """The letter, with the commitments of this edition and the composition of the grappe in annex."""
    parties = Parties(examen)
    engagements = engagements_du_porteur(examen.edition, parties)
    contexte = {"parties": parties, "engagements": engagements}
    trace = [
        parties.composition,
        parties.contacts,
        parties.solution,
        [[engagement.texte, engagement.article] for engagement in engagements],
    ]
    return rendre_modele(
        "pdf/modele_lettre.html",
        examen,
        titre="Lettre d’engagement du porteur",
        contexte=contexte,
        trace=trace,
        code="P4",
    )
