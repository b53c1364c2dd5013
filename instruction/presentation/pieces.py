"""The documents of a draft as its page shows them: what is asked, why, what is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from esms.socle.citations import articles
from instruction.documents.modeles import modeles_de
from instruction.models import Analyse, Piece
from instruction.presentation.provenances import PROVENANCES
from instruction.regles.recevabilite import EtatPiece
from instruction.requetes import Examen
from instruction.requetes_produits import Produit, produits_de


@dataclass(frozen=True, slots=True)
class LigneDePiece:
    """One document: what the edition asks, the files joined, the models to start from.

    `produit`: what the portal can write whole for it, if it can; `a_completer`: title and address of the
    sections to finish before.
    """

    etat: EtatPiece
    fichiers: tuple[Piece, ...]
    perimes: frozenset[str]
    produit: Produit | None
    a_completer: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """P1 … P11."""
        return self.etat.demandee.piece.regle

    @property
    def modeles(self) -> tuple[tuple[str, str], ...]:
        """What the portal can write for it."""
        return modeles_de(self.code)

    @property
    def provenance(self) -> str:
        """Where it comes from, or why a file is needed."""
        return PROVENANCES.get(self.code, "")

    @property
    def a_produire(self) -> bool:
        """Missing, and the portal can write it now."""
        return self.produit is not None and self.produit.manque and self.produit.joignable

    @property
    def fondement(self) -> str:
        """« règle E11, art. 4.2.2 »: the rule behind the condition, and where the AAP writes it."""
        demandee = self.etat.demandee
        return f"règle {demandee.regle}, {articles(demandee.article)}"

    @property
    def statut(self) -> tuple[str, str]:
        """Word and colour of its badge; the word says everything."""
        if self.etat.nombre and self.etat.complete:
            return "Jointe", "success"
        if not self.etat.demandee.obligatoire:
            return "Facultative", ""
        if self.etat.perimes:
            return "À régénérer", "new"
        return ("À compléter", "new") if self.etat.nombre else ("À joindre", "new")


def lignes_de(examen: Examen, sections: Mapping[str, tuple[str, str]]) -> list[LigneDePiece]:
    """Every document this project must or may bring, in the order of the edition.

    `sections`: key → title and address.
    """
    perimes = frozenset(str(piece.pk) for piece in examen.pieces if examen.perimee(piece))
    produits = produits_de(examen)
    return [
        LigneDePiece(
            etat,
            tuple(piece for piece in examen.pieces if piece.code == code),
            perimes,
            produit,
            tuple(sections[cle] for cle in (produit.a_completer if produit else ())),
        )
        for etat in examen.etats_des_pieces
        for code in (etat.demandee.piece.regle,)
        for produit in (produits.get(code),)
    ]


def sans_objet(examen: Examen) -> list[Piece]:
    """Files joined to a document that is no longer asked for."""
    codes = {etat.demandee.piece.regle for etat in examen.etats_des_pieces}
    return [piece for piece in examen.pieces if piece.code not in codes]


def phrase_de_l_analyse(pieces: Iterable[Piece]) -> str:
    """Sentence on the files in quarantine, and why they still are; empty when there is none."""
    attendent = [piece for piece in pieces if piece.analyse == Analyse.EN_ATTENTE]
    if not attendent:
        return ""
    if len(attendent) == 1:
        debut = "Un fichier attend l’analyse de l’antivirus\u00a0: il compte parmi les pièces"
    else:
        debut = (
            f"{len(attendent)}\u00a0fichiers attendent l’analyse de l’antivirus\u00a0: "
            "chacun compte parmi les pièces"
        )
    raison = next((piece.analyse_detail for piece in attendent if piece.analyse_detail), "")
    suite = f" Dernier essai\u00a0: {raison}\u202f; le portail réessaie seul." if raison else ""
    return f"{debut}, mais seule la personne qui l’envoie peut le relire.{suite}"
