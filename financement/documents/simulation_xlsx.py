"""A simulation as a workbook: summary, checks, lines, refusals, ESSMS.

Same simulation, same rules and register: same bytes.
"""

import io

import xlsxwriter

from esms.aap import CATALOGUE
from esms.socle import tableurs
from esms.socle.citations import articles
from esms.socle.dates import jour
from esms.socle.montants import euros
from financement.documents.classeur import CREATION, Formats, ecrire, feuille
from financement.etude import Etude, nom_de_region
from financement.presentation.lignes import nommees, sous_totaux
from financement.presentation.verdicts import GROUPES, TYPOLOGIES, VERDICTS, nom_du_guichet
from grappes.regles import PROJET

OPERATIONS = {"acquisition": "Acquisition", "mise_en_conformite": "Mise en conformité"}
SONS = {"aucune": "Aucune", "commande": "Bon de commande signé", "prestation_recue": "Prestation reçue"}


def simulation_xlsx(etude: Etude, lien: str) -> bytes:
    """The workbook; `lien` is the permanent link that it quotes."""
    flux = io.BytesIO()
    with tableurs.classeur(flux) as classeur:
        classeur.set_properties({"title": f"Simulation {etude.cle}", "created": CREATION})
        formats = Formats.de(classeur)
        _synthese(classeur, formats, etude, lien)
        _controles(classeur, formats, etude)
        _lignes(classeur, formats, etude)
        _refus(classeur, formats, etude)
        _essms(classeur, formats, etude)
    return flux.getvalue()


def _synthese(classeur: xlsxwriter.Workbook, formats: Formats, etude: Etude, lien: str) -> None:
    resultat = etude.resultat
    page = feuille(classeur, formats, "Synthèse", [("Rubrique", 44), ("Valeur", 60)])
    rubriques = [
        ("Appel à projets", etude.edition.titre),
        ("Verdict", VERDICTS[resultat.verdict].titre),
        ("Guichet", nom_du_guichet(resultat.guichet)),
        ("Déposable sur cet appel à projets", "oui" if resultat.guichet.deposable else "non"),
        ("Explication du guichet", resultat.guichet.explication),
        ("Nombre d’ESSMS", len(resultat.projet.essms)),
        ("Typologie", TYPOLOGIES[resultat.projet.typologie]),
        *((f"{s.regle} – {s.titre} ({articles(s.article)})", s.montant) for s in sous_totaux(etude)),
        ("Total", resultat.financement.total),
        ("Estimation (des devis manquent)", "oui" if resultat.financement.estimation else "non"),
        ("Réserve, tant que la solution n’est pas nommée", resultat.financement.reserve or "aucune"),
        *((f"Versement {v.rang} – {v.libelle}", v.montant) for v in etude.resultat.financement.versements),
        ("Version des règles", etude.edition.version),
        ("Référentiel FINESS", jour(etude.date_finess) if etude.date_finess else "non chargé"),
        ("Lien permanent", lien),
        ("Portée", "Une simulation n’engage pas l’ARS."),
    ]
    for ligne, rubrique in enumerate(rubriques, start=1):
        ecrire(page, formats, ligne, rubrique)


def _controles(classeur: xlsxwriter.Workbook, formats: Formats, etude: Etude) -> None:
    colonnes = [
        ("À faire", 22),
        ("Règle", 8),
        ("Objet", 36),
        ("Article", 12),
        ("Portée", 12),
        ("Nom", 32),
        ("Explication", 90),
    ]
    page = feuille(classeur, formats, "Contrôles", colonnes)
    ordre = {verdict: rang for rang, verdict in enumerate(GROUPES)}
    tries = sorted(etude.resultat.controles, key=lambda c: ordre[c.verdict])
    for ligne, c in enumerate(tries, start=1):
        nom = "Projet" if c.portee == PROJET else etude.nom(c.portee)
        ecrire(
            page,
            formats,
            ligne,
            (GROUPES[c.verdict], c.regle, CATALOGUE[c.regle], c.article, c.portee, nom, c.explication),
        )


def _lignes(classeur: xlsxwriter.Workbook, formats: Formats, etude: Etude) -> None:
    colonnes = [
        ("Règle", 8),
        ("Article", 12),
        ("Portée", 12),
        ("Nom", 32),
        ("Rang", 6),
        ("Objet", 36),
        ("Base", 16),
        ("Taux exact", 12),
        ("Taux", 9),
        ("Plafond", 16),
        ("Montant", 16),
        ("Explication", 90),
    ]
    page = feuille(classeur, formats, "Lignes", colonnes)
    toutes = nommees(etude, etude.resultat.financement.lignes)
    for rang, element in enumerate(toutes, start=1):
        ligne = element.ligne
        ecrire(
            page,
            formats,
            rang,
            (
                ligne.regle,
                ligne.article,
                ligne.portee,
                element.nom,
                ligne.rang,
                ligne.libelle,
                ligne.base,
                ligne.taux,
                None,
                ligne.plafond,
                ligne.montant,
                ligne.explication,
            ),
        )
        page.write_number(rang, 8, ligne.taux, formats.taux)
    page.write_string(len(toutes) + 1, 0, "Total", formats.total)
    page.write_number(len(toutes) + 1, 10, etude.resultat.financement.total, formats.total)


def _refus(classeur: xlsxwriter.Workbook, formats: Formats, etude: Etude) -> None:
    """What was asked for and is not granted; no sheet when all was."""
    if not etude.resultat.financement.ecartees:
        return
    colonnes = [
        ("Règle", 8),
        ("Objet", 36),
        ("Article", 12),
        ("Portée", 12),
        ("Nom", 32),
        ("Explication", 90),
    ]
    page = feuille(classeur, formats, "Demandé, non accordé", colonnes)
    for rang, e in enumerate(etude.resultat.financement.ecartees, start=1):
        nom = "Projet" if e.portee == PROJET else etude.nom(e.portee)
        ecrire(page, formats, rang, (e.regle, CATALOGUE[e.regle], e.article, e.portee, nom, e.explication))


def _essms(classeur: xlsxwriter.Workbook, formats: Formats, etude: Etude) -> None:
    colonnes = [
        ("FINESS géographique", 14),
        ("Nom", 36),
        ("Commune", 24),
        ("Région", 22),
        ("FINESS juridique", 14),
        ("Catégorie", 10),
        ("Public", 8),
        ("Opération", 20),
        ("SAAD", 7),
        ("Taux", 12),
        ("Équipement demandé", 34),
        ("SONS", 22),
        ("Autre aide européenne", 12),
        ("DUI déjà financé", 30),
        ("Recevrait", 16),
    ]
    page = feuille(classeur, formats, "ESSMS", colonnes)
    montants: dict[str, object] = {}
    for ligne in etude.resultat.financement.lignes:
        montants[ligne.portee] = montants.get(ligne.portee, 0) + ligne.montant  # type: ignore[operator]
    for rang, e in enumerate(etude.resultat.projet.essms, start=1):
        fiche = etude.referentiel.fiches.get(e.finess_et)
        ecrire(
            page,
            formats,
            rang,
            (
                e.finess_et,
                etude.nom(e.finess_et),
                fiche.commune if fiche else "",
                nom_de_region(e.region) if e.region else "",
                e.finess_ej,
                e.categorie,
                e.public,
                OPERATIONS[e.operation],
                "oui" if e.saad else "non",
                e.heures.taux if e.heures else None,
                _materiel(e.materiel),
                SONS[e.sons],
                "oui" if e.autre_aide_europeenne else "non",
                f"{e.dui_finance.nom} ({OPERATIONS[e.dui_finance.operation]})" if e.dui_finance else None,
                montants.get(e.finess_et),
            ),
        )


def _materiel(materiel: object) -> str | None:
    if materiel is None:
        return None
    montants = [("HT", materiel.demande_ht), ("TTC", materiel.demande_ttc)]  # type: ignore[attr-defined]
    return ", ".join(f"{euros(m)} {sigle}" for sigle, m in montants if m is not None) or "oui, sans devis"
