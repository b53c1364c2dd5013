"""What to prepare before answering a call for projects, read from its edition alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from esms.aap import Edition
from esms.aap.pieces import Piece
from esms.socle.citations import articles
from grappes.regles.pieces import fondement

CONDITIONS: Mapping[str, str] = {
    "toujours": "dans tous les cas",
    "facultative": "facultative",
    "saad": "si un ESSMS au moins est un service d’aide à domicile",
    "entite_nationale": "si un organisme est rattaché à une entité nationale",
    "dpi_ght_ou_ahi_pjm_seuls": (
        "si la solution est le DPI d’un GHT, ou si le projet ne compte que des ESSMS AHI ou PJM"
    ),
    "petits_organismes_regroupes": "si le projet regroupe plusieurs organismes, dont un petit au moins",
    "materiel": "si vous demandez du matériel",
    "amoa": "si vous demandez une assistance à maîtrise d’ouvrage",
}


@dataclass(frozen=True, slots=True)
class PieceAPreparer:
    """One document, when it is asked for, how many files, on what ground."""

    code: str
    libelle: str
    condition: str
    nombre: str
    fondement: str
    aide: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """Everything, in the order in which a porteur comes to it."""

    guichet: tuple[str, ...]
    sections: tuple[tuple[str, str, bool], ...]
    pieces: tuple[PieceAPreparer, ...]
    engagements: tuple[str, ...]
    article_engagements: str


def preparation(edition: Edition, titres: Iterable[tuple[str, str]]) -> Preparation:
    """What the page of the call lists; `titres`: key and title of the sections it asks for, in order."""
    regroupement = edition.eligibilite.regroupement
    exigences = {demandee.cle: demandee for demandee in edition.candidature.sections}
    return Preparation(
        guichet=_guichet(edition),
        sections=tuple(
            (titre, articles(exigences[cle].article), exigences[cle].obligatoire) for cle, titre in titres
        ),
        pieces=tuple(_piece(piece, edition) for piece in edition.pieces),
        engagements=tuple(engagement.libelle for engagement in regroupement.engagements),
        article_engagements=articles(regroupement.article),
    )


def _guichet(edition: Edition) -> tuple[str, ...]:
    """Where a project is filed, and how many ESSMS it takes."""
    minimum, guichet = edition.eligibilite.minimum, edition.guichet
    limite, instructeur = guichet.regional.moins_de, guichet.national.instructeur
    dessous = {
        "alerte": "En dessous, l’ARS apprécie.",
        "derogation": (
            "En dessous, il faut rejoindre un regroupement déjà financé (règle E4), ou que l’ARS l’admette."
        ),
    }[minimum.sous_le_minimum]
    ailleurs = guichet.national.au_dela == "plusieurs_regions"
    regional = f"de moins de {limite}\u00a0ESSMS" + (
        f", et ceux de {limite}\u00a0ESSMS ou plus s’ils sont tous dans une même région" if ailleurs else ""
    )
    national = f"de {limite}\u00a0ESSMS ou plus" + (" dans plusieurs régions" if ailleurs else "")
    return (
        (
            f"Un projet compte au moins {minimum.minimum}\u00a0ESSMS "
            f"(règle E3, {articles(minimum.article)}). {dessous}"
        ),
        (
            f"Le guichet régional, celui de l’ARS, reçoit les projets {regional} "
            f"(règle G1, {articles(guichet.regional.article)})."
        ),
        (
            f"Un projet {national} se dépose au guichet national, auprès de {instructeur} "
            f"(règle G2, {articles(guichet.national.article)})."
        ),
    )


def _piece(piece: Piece, edition: Edition) -> PieceAPreparer:
    regle, article = fondement(piece, edition)
    nombre = f"{piece.minimum}\u00a0fichiers au moins" if piece.minimum > 1 else ""
    if piece.par_organisme:
        nombre = "un fichier par organisme"
    elif piece.souhaite > piece.minimum:
        nombre = f"{piece.souhaite}\u00a0fichiers souhaités"
    return PieceAPreparer(
        piece.regle,
        piece.libelle,
        CONDITIONS[piece.exigee_quand],
        nombre,
        f"règle {regle}, {articles(article)}",
        piece.aide,
    )
