"""P8, the convention by which the organisms of a grappe mandate their porteur, ready to complete and sign."""

from grappes.regles.petits import est_petit
from instruction.documents.parties import Parties
from instruction.documents.rendu import rendre_modele
from instruction.requetes import Examen


def convention_pdf(examen: Examen) -> bytes:
    """The convention, one box to sign per organism."""
    parties = Parties(examen)
    regroupement = examen.edition.eligibilite.regroupement
    contexte = {
        "parties": parties,
        "regroupement": regroupement,
        "petits": sum(
            1 for organisme in examen.resultat.projet.gestionnaires if est_petit(organisme, examen.edition)
        ),
        "articles": {regle: examen.edition.regles[regle][0][1] for regle in ("E12", "F8", "U1")},
    }
    trace = [parties.composition, parties.contacts, parties.solution, [m.finess_ej for m in parties.membres]]
    return rendre_modele(
        "pdf/modele_convention_grappe.html",
        examen,
        titre="Convention de grappe",
        contexte=contexte,
        trace=trace,
        code="P8",
    )
