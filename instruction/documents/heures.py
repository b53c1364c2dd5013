"""P5, the hours of the home-help services: the columns of the AAP's model (OCC, annexe 1)."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter.worksheet import Worksheet

from esms.comptes.models import Utilisateur
from esms.socle import tableurs
from esms.socle.montants import nombre
from financement.documents.classeur import CREATION, Formats
from instruction.documents.origine import dire_l_origine
from instruction.documents.parties import Parties
from instruction.documents.rendu import rendre_modele
from instruction.regles.heures import ANNEE_PRECEDENTE, HeuresDeclarees, HeuresDUnService
from instruction.requetes import Examen

COLONNES = (
    ("Nom de la structure", 36),
    ("FINESS EJ", 12),
    ("FINESS ET", 12),
    ("Nombre d’heures réalisées par la structure", 18),
    ("Heures APA", 14),
    ("Heures PCH", 14),
    ("Heures dépendance hors APA/PCH", 18),
    ("Type de financement des heures hors APA/PCH", 26),
    ("% total activités médico-sociales", 16),
    ("% total activités de confort", 16),
)


@dataclass(frozen=True, slots=True)
class Certification:
    """Who certified the hours on the portal, and when."""

    par: Utilisateur
    le: datetime


def declaration_pdf(examen: Examen, certification: Certification | None = None) -> bytes:
    """The declaration: to sign, or certified on the portal by `certification`."""
    declarees = examen.heures_declarees
    contexte = {
        "parties": Parties(examen),
        "heures": declarees,
        "lignes": [(ligne, _cellules(ligne)) for ligne in declarees.lignes],
        "annee": annee_des_heures(examen),
        "article": article_des_heures(examen),
        "certification": certification,
    }
    trace = [declarees.empreinte, certification.le.isoformat() if certification else None]
    return rendre_modele(
        "pdf/modele_heures.html",
        examen,
        titre="Déclaration des heures médico-sociales",
        contexte=contexte,
        trace=trace,
        code="P5",
        le=certification.le if certification else None,
    )


def declaration_xlsx(examen: Examen) -> bytes:
    """The same table as a workbook, its hours as numbers, its rates as percentages."""
    flux = io.BytesIO()
    with tableurs.classeur(flux) as classeur:
        classeur.set_properties({"title": "Déclaration des heures", "created": CREATION})
        formats = Formats.de(classeur)
        decimal = classeur.add_format({"num_format": "#,##0.00", "valign": "top"})
        page = classeur.add_worksheet("Heures")
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.freeze_panes(1, 0)
        for rang, (titre, largeur) in enumerate(COLONNES):
            page.set_column(rang, rang, largeur)
            page.write_string(0, rang, titre, formats.entete)
        _ecrire_les_lignes(page, formats, decimal, examen.heures_declarees)
        dire_l_origine(classeur, formats, examen.origine_de("P5"))
    return flux.getvalue()


def _cellules(ligne: HeuresDUnService) -> list[str]:
    """Hours written the French way, two decimals; empty when nobody gave them."""
    valeurs = (ligne.total, ligne.apa, ligne.pch, ligne.dependance_autre)
    return ["" if valeur is None else nombre(valeur, 2) for valeur in valeurs]


def _ecrire_les_lignes(page: Worksheet, formats: Formats, decimal: Any, declarees: HeuresDeclarees) -> None:
    for rang, ligne in enumerate(declarees.lignes, start=1):
        for colonne, texte in enumerate((ligne.nom, ligne.finess_ej, ligne.finess_et)):
            page.write_string(rang, colonne, texte, formats.texte)
        valeurs = (ligne.total, ligne.apa, ligne.pch, ligne.dependance_autre)
        for colonne, valeur in enumerate(valeurs, start=3):
            if valeur is not None:
                page.write_number(rang, colonne, valeur, decimal)
        for colonne, part in ((8, ligne.taux), (9, ligne.confort)):
            if part is not None:
                page.write_number(rang, colonne, part, formats.taux)


def annee_des_heures(examen: Examen) -> int:
    """The year before the candidature's: the one in which the window opens, at the ARS's legal time."""
    return examen.dossier.campagne.ouverture.year + ANNEE_PRECEDENTE


def article_des_heures(examen: Examen) -> str:
    """Where this AAP asks for them (F6)."""
    return examen.edition.regles["F6"][0][1]
