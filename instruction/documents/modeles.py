"""The documents that the portal writes for the porteur to sign or fill in, from what it already knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from instruction.documents import conventions_de_grappe, heures, lettres, materiels
from instruction.requetes import Examen

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Modele:
    """One document: the piece it stands for, the name it is saved under, what writes it."""

    piece: str
    nom: str
    nature: str
    ecrire: Callable[[Examen], bytes]


MODELES: Mapping[str, Modele] = {
    "P4.pdf": Modele("P4", "P4-lettre-d-engagement.pdf", PDF, lettres.lettre_pdf),
    "P5.pdf": Modele("P5", "P5-declaration-des-heures.pdf", PDF, heures.declaration_pdf),
    "P5.xlsx": Modele("P5", "P5-declaration-des-heures.xlsx", XLSX, heures.declaration_xlsx),
    "P8.pdf": Modele("P8", "P8-convention-de-grappe.pdf", PDF, conventions_de_grappe.convention_pdf),
    "P9a.xlsx": Modele("P9a", "P9a-etat-du-parc.xlsx", XLSX, materiels.parc_xlsx),
    "P9b.xlsx": Modele("P9b", "P9b-demande-de-materiel.xlsx", XLSX, materiels.demande_xlsx),
}
