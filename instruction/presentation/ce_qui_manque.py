"""What is missing, in lines that an e-mail may hold: titles, labels and numbers.

Never a sentence of the rules, which may cite an amount, an establishment or a person: those stay in the
portal.
"""

from collections import Counter

from esms.socle.montants import ESPACE_INSECABLE, nombre
from instruction.models import DemandeDeComplements, Objet
from instruction.regles.candidature.titres import titre
from instruction.regles.recevabilite import SECTION_DEPOT, SECTION_PIECES
from instruction.requetes import Examen
from instruction.requetes_complements import est_repondu

DEUX_POINTS = f"{ESPACE_INSECABLE}: "


def dans_un_brouillon(examen: Examen) -> tuple[str, ...]:
    """« Contacts : 3 points », in the order of the task list, then « Pièce P1 – Lettre d’engagement »."""
    comptes = Counter(manque.section for manque in examen.manques)
    points = tuple(
        f"{titre(cle)}{DEUX_POINTS}{_compte(quantite, 'point')}"
        for cle, quantite in comptes.items()
        if cle not in (SECTION_DEPOT, SECTION_PIECES)
    )
    pieces = tuple(
        f"Pièce {etat.demandee.piece.regle} – {etat.demandee.piece.libelle}"
        for etat in examen.etats_des_pieces
        if not etat.complete
    )
    return points + pieces


def dans_une_reponse(demande: DemandeDeComplements) -> tuple[str, ...]:
    """What has no answer yet: pieces and sections by their labels, what the agent wrote freely by number."""
    elements = list(demande.elements.select_related("reponse"))
    restants = [element for element in elements if not est_repondu(element)]
    libelles = {piece["code"]: piece["libelle"] for piece in demande.depot.contenu["pieces_demandees"]}
    pieces = tuple(
        f"Pièce {e.cle} – {libelles[e.cle]}" for e in restants if e.objet == Objet.PIECE and e.cle in libelles
    )
    sections = tuple(
        f"Section «{ESPACE_INSECABLE}{titre(e.cle)}{ESPACE_INSECABLE}»"
        for e in restants
        if e.objet == Objet.SECTION
    )
    autres = len(restants) - len(pieces) - len(sections)
    return pieces + sections + ((_compte(autres, "autre élément"),) if autres else ())


def _compte(quantite: int, mots: str) -> str:
    pluriel = " ".join(f"{mot}s" for mot in mots.split()) if quantite > 1 else mots
    return f"{nombre(quantite)}{ESPACE_INSECABLE}{pluriel}"
