"""What to prepare before answering a call for projects, read from its edition alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from esms.aap import Edition, Regle
from esms.aap import edition as publiee
from esms.aap.eligibilite import Minimum
from esms.aap.pieces import Piece
from esms.socle.citations import articles
from grappes.regles.calendrier import annonce_de_l_instruction, annonce_de_selection
from grappes.regles.phrases import et
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
PREREMPLIES: Mapping[str, str] = {
    "P1": "le document de candidature",
    "P2": "le planning",
    "P3": "le plan de financement",
    "P4": "la lettre d’engagement",
    "P5": "la déclaration des heures",
    "P8": "la convention de grappe",
    "P9a": "l’état du parc",
    "P9b": "la demande de matériel",
}
"""Documents that the portal writes or fills in, by code: it promises those of the edition alone."""


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

    suites: tuple[tuple[str, str], ...]
    guichet: tuple[str, ...]
    heures: bool
    sections: tuple[tuple[str, str, bool], ...]
    pieces: tuple[PieceAPreparer, ...]
    preremplies: str
    engagements: tuple[str, ...]
    article_engagements: str


def preparation(edition: Edition, titres: Iterable[tuple[str, str]]) -> Preparation:
    """What the page of the call lists; `titres`: key and title of the sections it asks for, in order."""
    regroupement = edition.eligibilite.regroupement
    exigences = {demandee.cle: demandee for demandee in edition.candidature.sections}
    calendrier = edition.calendrier
    return Preparation(
        suites=(
            (annonce_de_l_instruction(edition).removesuffix("."), _fonde(calendrier.instruction)),
            (_selection(edition).removesuffix("."), _fonde(calendrier.selection)),
        ),
        heures=edition.piece("P5") is not None,
        guichet=_guichet(edition),
        sections=tuple(
            (titre, articles(exigences[cle].article), exigences[cle].obligatoire) for cle, titre in titres
        ),
        pieces=tuple(_piece(piece, edition) for piece in edition.pieces),
        preremplies=et([nom for code, nom in PREREMPLIES.items() if edition.piece(code) is not None]),
        engagements=tuple(engagement.libelle for engagement in regroupement.engagements),
        article_engagements=articles(regroupement.article),
    )


def _selection(edition: Edition) -> str:
    """C7; an indication in dates does not follow a closing that the campagne moved: it says so."""
    annonce, calendrier = annonce_de_selection(edition), edition.calendrier
    deplacee = calendrier.depot.ferme != publiee(edition.slug).calendrier.depot.ferme
    if not deplacee or calendrier.selection.au_fil_de_l_eau:
        return annonce
    return f"{annonce.removesuffix('.')}, selon le calendrier publié."


def _fonde(regle: Regle) -> str:
    return f"règle {regle.regle}, {articles(regle.article)}"


def _minimum(minimum: Minimum) -> str:
    """How many ESSMS it takes; a number that the AAP words as a wish stays one."""
    dessous = {
        "alerte": "En dessous, l’ARS apprécie.",
        "derogation": (
            "En dessous, il faut rejoindre un regroupement déjà financé (règle E4), ou que l’ARS l’admette."
        ),
    }[minimum.sous_le_minimum]
    nombre, fonde = f"{minimum.minimum}\u00a0ESSMS", _fonde(minimum)
    if not minimum.article_ideal:
        return f"Un projet compte au moins {nombre} ({fonde}). {dessous}"
    ideal = f"Un projet compte «\u00a0idéalement\u00a0» {nombre}"
    if minimum.article_ideal == minimum.article:
        return f"{ideal} ({fonde})\u00a0: c’est un souhait. {dessous}"
    return (
        f"{ideal} ({articles(minimum.article_ideal)})\u202f; l’analyse de l’éligibilité en demande "
        f"{minimum.minimum} «\u00a0a minima\u00a0» ({fonde}). {dessous}"
    )


def _guichet(edition: Edition) -> tuple[str, ...]:
    """Where a project is filed, and how many ESSMS it takes."""
    guichet = edition.guichet
    limite, instructeur = guichet.regional.moins_de, guichet.national.instructeur
    ailleurs = guichet.national.au_dela == "plusieurs_regions"
    regional = f"de moins de {limite}\u00a0ESSMS" + (
        f", et ceux de {limite}\u00a0ESSMS ou plus s’ils sont tous dans une même région" if ailleurs else ""
    )
    national = f"de {limite}\u00a0ESSMS ou plus" + (" dans plusieurs régions" if ailleurs else "")
    return (
        _minimum(edition.eligibilite.minimum),
        (
            f"Le guichet régional, celui de l’ARS, reçoit les projets {regional} "
            f"(règle G1, {articles(guichet.regional.article)})."
        ),
        (
            f"Un projet {national} se dépose au guichet national, auprès de {instructeur} "
            f"(règle G2, {articles(guichet.national.article)})."
        ),
        *_portee_nationale(edition),
    )


def _portee_nationale(edition: Edition) -> tuple[str, ...]:
    """The small project that the AAP sends to the national level all the same, if it does (GUA 4.3C)."""
    article, limite = edition.guichet.national.article_portee_nationale, edition.guichet.regional.moins_de
    if not article:
        return ()
    phrase = (
        f"Un projet de moins de {limite}\u00a0ESSMS peut s’y déposer aussi, s’il a une portée nationale"
        "\u00a0: il représente l’offre à l’échelle du pays, par exemple parce qu’il en réunit tous les ESSMS "
        f"(règle G2, {articles(article)})."
    )
    return (phrase,)


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
