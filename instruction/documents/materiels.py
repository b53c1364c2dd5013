"""P9a and P9b, the state of the equipment and what is asked for, one line per ESSMS that asks for some."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from esms.socle import tableurs
from financement.documents.classeur import CREATION, Formats, ecrire
from grappes.regles.projet import Essms
from instruction.documents.origine import dire_l_origine
from instruction.documents.parties import Parties
from instruction.regles.candidature.equipement import COMPTES, NATURES, Besoin, besoins, parc
from instruction.requetes import Examen

IDENTITE = (("FINESS ET", 12), ("ESSMS", 34), ("Organisme gestionnaire", 34))
LARGEURS = (18, 10, 12, 12, 12, 10, 14, 12)
PARC = (
    *zip(COMPTES.values(), LARGEURS, strict=True),
    ("Wi-Fi dans les lieux d’accompagnement (oui, partiel, non)", 22),
    ("Observations", 40),
)
DEMANDE = (
    ("Nature", 24),
    ("Quantité", 10),
    ("Prix unitaire HT", 14),
    ("Prix unitaire TTC", 14),
    ("Total HT", 14),
    ("Total TTC", 14),
    ("Besoin auquel cela répond", 44),
)

QUANTITE, PRIX_HT, PRIX_TTC, TOTAL_HT, TOTAL_TTC = (len(IDENTITE) + rang for rang in range(1, 6))


def parc_xlsx(examen: Examen) -> bytes:
    """P9a: identity and what was typed of the equipment; what was not is left to fill in."""
    return _classeur("P9a", "État du parc", examen, _feuille_du_parc)


def demande_xlsx(examen: Examen) -> bytes:
    """P9b: a line per ESSMS and item (or nature, when none was typed), totals as formulas, and the quotes."""
    return _classeur("P9b", "Demande de matériel", examen, _feuille_de_la_demande)


def demandeurs(examen: Examen) -> list[Essms]:
    """ESSMS of the project that ask for equipment, by number."""
    return [essms for essms in examen.resultat.projet.essms if essms.materiel is not None]


def _classeur(code: str, titre: str, examen: Examen, remplir: Any) -> bytes:
    flux = io.BytesIO()
    with tableurs.classeur(flux) as classeur:
        classeur.set_properties({"title": titre, "created": CREATION})
        formats = Formats.de(classeur)
        remplir(classeur, formats, Parties(examen), demandeurs(examen))
        dire_l_origine(classeur, formats, examen.origine_de(code))
    return flux.getvalue()


def _entetes(page: Worksheet, formats: Formats, colonnes: Sequence[tuple[str, int]]) -> None:
    for rang, (titre, largeur) in enumerate(colonnes):
        page.set_column(rang, rang, largeur)
        page.write_string(0, rang, titre, formats.entete)
    page.freeze_panes(1, len(IDENTITE))
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _identite(page: Worksheet, formats: Formats, ligne: int, parties: Parties, essms: Essms) -> None:
    textes = (essms.finess_et, essms.nom, parties.nom_de(essms.finess_ej))
    for colonne, texte in enumerate(textes):
        page.write_string(ligne, colonne, texte, formats.texte)


def _feuille_du_parc(
    classeur: xlsxwriter.Workbook, formats: Formats, parties: Parties, essms: Sequence[Essms]
) -> None:
    page = classeur.add_worksheet("État du parc")
    _entetes(page, formats, (*IDENTITE, *PARC))
    for ligne, demandeur in enumerate(essms, start=1):
        _identite(page, formats, ligne, parties, demandeur)
        etat = parc(parties.equipement, demandeur.finess_et)
        ecrire(page, formats, ligne, (*etat.comptes.values(), etat.wifi, etat.observations), len(IDENTITE))
    if essms:
        premiere, derniere, wifi = 1, len(essms), len(IDENTITE) + len(PARC) - 2
        entier = {"validate": "integer", "criteria": ">=", "value": 0}
        page.data_validation(premiere, len(IDENTITE), derniere, wifi - 1, entier)
        choix = {"validate": "list", "source": ["oui", "partiel", "non"]}
        page.data_validation(premiere, wifi, derniere, wifi, choix)


def _feuille_de_la_demande(
    classeur: xlsxwriter.Workbook, formats: Formats, parties: Parties, essms: Sequence[Essms]
) -> None:
    page = classeur.add_worksheet("Demande")
    _entetes(page, formats, (*IDENTITE, *DEMANDE))
    decrits = besoins(parties.equipement)
    ligne = 0
    for demandeur in essms:
        siens = [besoin for besoin in decrits if besoin.concerne(demandeur.finess_et)]
        for besoin in siens or [_a_chiffrer(nature) for nature in NATURES]:
            ligne += 1
            _identite(page, formats, ligne, parties, demandeur)
            _besoin(page, formats, ligne, besoin)
    _total(page, formats, ligne + 1, (TOTAL_HT, TOTAL_TTC))
    _deja_saisi(classeur, formats, parties, essms)


def _a_chiffrer(nature: str) -> Besoin:
    """A line to fill in by hand."""
    return Besoin(0, "", nature, None, None, None, "")


def _besoin(page: Worksheet, formats: Formats, ligne: int, besoin: Besoin) -> None:
    """Item, quantity and prices; the totals are formulas, with the value that a reader without them shows."""
    ecrire(page, formats, ligne, (besoin.libelle, besoin.quantite, besoin.ht, besoin.ttc), len(IDENTITE))
    page.write_string(ligne, TOTAL_TTC + 1, besoin.motif, formats.texte)
    for base, prix, colonne in (("HT", PRIX_HT, TOTAL_HT), ("TTC", PRIX_TTC, TOTAL_TTC)):
        produit = f"={tableurs.colonne(QUANTITE)}{ligne + 1}*{tableurs.colonne(prix)}{ligne + 1}"
        page.write_formula(ligne, colonne, produit, formats.euros, besoin.total(base) or 0)


def _total(page: Worksheet, formats: Formats, ligne: int, colonnes: Sequence[int]) -> None:
    page.write_string(ligne, 0, "Total de la grappe", formats.entete)
    for colonne in colonnes:
        lettre = tableurs.colonne(colonne)
        page.write_formula(ligne, colonne, f"=SUM({lettre}2:{lettre}{ligne})", formats.total, 0)


def _deja_saisi(
    classeur: xlsxwriter.Workbook, formats: Formats, parties: Parties, essms: Sequence[Essms]
) -> None:
    page = classeur.add_worksheet("Saisi sur le portail")
    _entetes(page, formats, (*IDENTITE, ("Demande HT", 16), ("Demande TTC", 16)))
    for ligne, demandeur in enumerate(essms, start=1):
        _identite(page, formats, ligne, parties, demandeur)
        materiel = demandeur.materiel
        montants = (materiel.demande_ht, materiel.demande_ttc) if materiel else ()
        for colonne, montant in enumerate(montants, start=len(IDENTITE)):
            if montant is not None:
                page.write_number(ligne, colonne, montant, formats.euros)
