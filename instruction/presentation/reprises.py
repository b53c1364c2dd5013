"""What the portal can do for one element of an open request: type again, write, join, certify."""

from collections.abc import Callable
from dataclasses import dataclass

from instruction.documents.modeles import modeles_de
from instruction.models import Correction, ElementDemande, Objet, Piece
from instruction.regles.candidature.titres import titre
from instruction.regles.complements import PIECE_DES_HEURES, corrigeables
from instruction.regles.heures import HeuresDeclarees
from instruction.requetes_corrections import ExamenDeComplement
from instruction.requetes_produits import Produit, produits_de


@dataclass(frozen=True, slots=True)
class Partie:
    """A section (or the hours) that may be typed again, and who did, if somebody has."""

    cle: str
    titre: str
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Reprise:
    """One element: what it is made from, the documents to start from, the one the portal joins by itself."""

    parties: tuple[Partie, ...]
    modeles: tuple[tuple[str, str], ...]
    produit: Produit | None
    a_completer: tuple[str, ...]
    heures: HeuresDeclarees | None
    perimes: frozenset[str]

    @property
    def utile(self) -> bool:
        """Whether there is anything to offer."""
        return bool(self.parties or self.modeles)


def reprises(examen: ExamenDeComplement) -> Callable[[ElementDemande], Reprise]:
    """What is computed once for the page, then each element."""
    produits = produits_de(examen)
    connus = set(examen.corrigeables)

    def reprise(element: ElementDemande) -> Reprise:
        cles = corrigeables([(element.objet, element.cle)], examen.edition)
        de_piece = element.objet == Objet.PIECE
        produit = produits.get(element.cle) if de_piece else None
        heures = examen.heures_declarees if de_piece and element.cle == PIECE_DES_HEURES else None
        return Reprise(
            tuple(Partie(cle, titre(cle), examen.corrections.get(cle)) for cle in cles if cle in connus),
            modeles_de(element.cle) if de_piece else (),
            produit,
            tuple(titre(cle) for cle in (produit.a_completer if produit else ())),
            heures,
            frozenset(str(piece.pk) for piece in _de(element, examen) if examen.perimee(piece)),
        )

    return reprise


def _de(element: ElementDemande, examen: ExamenDeComplement) -> list[Piece]:
    return [piece for piece in examen.pieces if piece.element_id == element.pk]
