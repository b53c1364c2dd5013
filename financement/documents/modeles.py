"""The spreadsheet to fill in: one sheet for the ESSMS, one that says what each column holds."""

import io

from esms.socle import tableurs
from financement.composition.colonnes import COLONNES
from financement.documents.classeur import CREATION

LARGEUR = 22  # characters


def modele_csv() -> bytes:
    """Header and one example line; the guide is in the XLSX and on the page."""
    return tableurs.ecrire_csv([tuple(c.nom for c in COLONNES), tuple(c.exemple for c in COLONNES)])


def modele_xlsx() -> bytes:
    """The same, with numbers kept as text (their leading zero survives) and a guide."""
    flux = io.BytesIO()
    with tableurs.classeur(flux) as classeur:
        classeur.set_properties({"title": "Modèle de grappe", "created": CREATION})
        gras = classeur.add_format({"bold": True, "bottom": 1})
        texte = classeur.add_format({"num_format": "@"})
        grappe = classeur.add_worksheet("Grappe")
        grappe.freeze_panes(1, 0)
        grappe.set_column(0, len(COLONNES) - 1, LARGEUR, texte)
        guide = classeur.add_worksheet("Guide des colonnes")
        guide.set_column(0, 0, LARGEUR)
        guide.set_column(1, 1, 4 * LARGEUR)
        guide.write_row(0, 0, ["Colonne", "Ce qu’elle contient"], gras)
        for rang, colonne in enumerate(COLONNES):
            grappe.write_string(0, rang, colonne.nom, gras)
            grappe.write_string(1, rang, colonne.exemple, texte)
            guide.write_row(rang + 1, 0, [colonne.nom, colonne.guide])
    return flux.getvalue()
