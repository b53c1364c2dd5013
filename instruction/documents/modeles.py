"""The documents that the portal writes for the porteur from what it already knows.

To sign, to complete, or whole: what is `PRODUITS` needs nobody's hand and is joined as it is written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from instruction.documents import candidatures, conventions_de_grappe, heures, lettres, materiels
from instruction.regles.produits import PRODUITS
from instruction.requetes import Examen

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Modele:
    """One document: the piece it stands for, the name it is saved under, its link, what writes it."""

    piece: str
    nom: str
    libelle: str
    nature: str
    ecrire: Callable[[Examen], bytes]


MODELES: Mapping[str, Modele] = {
    "P1.pdf": Modele(
        "P1",
        "P1-document-de-candidature.pdf",
        "Aperçu du document de candidature",
        PDF,
        candidatures.candidature_pdf,
    ),
    "P2.pdf": Modele("P2", "P2-planning.pdf", "Aperçu du planning", PDF, candidatures.planning_pdf),
    "P3.pdf": Modele(
        "P3", "P3-plan-de-financement.pdf", "Aperçu du plan de financement", PDF, candidatures.financement_pdf
    ),
    "P4.pdf": Modele(
        "P4",
        "P4-lettre-d-engagement.pdf",
        "Lettre d’engagement préremplie, à signer",
        PDF,
        lettres.lettre_pdf,
    ),
    "P5.pdf": Modele(
        "P5",
        "P5-declaration-des-heures.pdf",
        "Déclaration préremplie, à signer",
        PDF,
        heures.declaration_pdf,
    ),
    "P5.xlsx": Modele(
        "P5", "P5-declaration-des-heures.xlsx", "La même, en tableur", XLSX, heures.declaration_xlsx
    ),
    "P8.pdf": Modele(
        "P8",
        "P8-convention-de-grappe.pdf",
        "Convention de grappe préremplie, à signer",
        PDF,
        conventions_de_grappe.convention_pdf,
    ),
    "P9a.xlsx": Modele(
        "P9a", "P9a-etat-du-parc.xlsx", "État du parc prérempli, en tableur", XLSX, materiels.parc_xlsx
    ),
    "P9b.xlsx": Modele(
        "P9b",
        "P9b-demande-de-materiel.xlsx",
        "Demande consolidée préremplie, en tableur",
        XLSX,
        materiels.demande_xlsx,
    ),
}

PRODUIT_PAR_PIECE: Mapping[str, Modele] = {m.piece: m for m in MODELES.values() if m.piece in PRODUITS}
"""Code of a piece → the document that the portal writes whole for it."""


def modeles_de(piece: str) -> tuple[tuple[str, str], ...]:
    """Address and label of each document that the portal can write for this piece."""
    return tuple((code, modele.libelle) for code, modele in MODELES.items() if modele.piece == piece)
