"""Columns of the grappe spreadsheet: their names, what they hold, and how a cell is read. Pure."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esms.socle.montants import MontantInvalide, lire_montant


class CelluleInvalide(ValueError):
    """What a cell holds cannot be read; the message says why, in French."""


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: header, synonyms, sentence of the guide, example, reader, place of the value."""

    nom: str
    synonymes: tuple[str, ...]
    guide: str
    exemple: str
    lire: Callable[[str], Any]
    chemin: tuple[str, ...]
    decisive: bool = False  # a wrong cell here refuses the whole line; elsewhere it is left aside


def simplifier(texte: str) -> str:
    """Lower case, without accents nor punctuation: what headers and words of the lists are compared on."""
    sans_accents = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return "_".join("".join(c if c.isalnum() else " " for c in sans_accents.lower()).split())


def _choix(mots: dict[str, Any], attendu: str) -> Callable[[str], Any]:
    def lire(texte: str) -> Any:
        mot = simplifier(texte)
        if mot not in mots:
            raise CelluleInvalide(f"Valeur attendue\u00a0: {attendu}.")
        return mots[mot]

    return lire


def lire_montant_texte(texte: str) -> str:
    """Amount as the contract writes it, « 12345.60 »."""
    try:
        return str(lire_montant(texte))
    except MontantInvalide as erreur:
        raise CelluleInvalide(str(erreur)) from erreur


def lire_heures(texte: str) -> str:
    """Hours of the year N-1, with at most two decimals, as the contract writes them."""
    try:
        heures: Decimal = lire_montant(texte.removesuffix("h"))
    except MontantInvalide as erreur:
        raise CelluleInvalide("Nombre d’heures attendu, positif, avec deux décimales au plus.") from erreur
    return f"{heures.normalize():f}"


def _texte_borne(texte: str) -> str:
    if len(texte) > NOM_MAX:
        raise CelluleInvalide(f"{NOM_MAX} caractères au plus.")
    return texte


NOM_MAX = 120
OPERATIONS = {
    "acquisition": "acquisition",
    "acq": "acquisition",
    "renouvellement": "acquisition",
    "mise_en_conformite": "mise_en_conformite",
    "conformite": "mise_en_conformite",
    "mec": "mise_en_conformite",
}
SONS = {
    "aucune": None,
    "non": None,
    "commande": "commande",
    "prestation_recue": "prestation_recue",
    "recue": "prestation_recue",
}
PUBLICS = {
    "PA": "Personnes âgées (PA)",
    "PH": "Personnes handicapées (PH)",
    "PDS": "Personnes en difficultés spécifiques (PDS)",
    "PDE": "Protection de l’enfance (PDE)",
    "PJM": "Protection juridique des majeurs (PJM)",
    "AHI": "Accueil, hébergement, insertion (AHI)",
    "DOM": "Domicile, personnes âgées et handicapées",
}
OUI_NON = {
    "oui": True,
    "o": True,
    "x": True,
    "1": True,
    "vrai": True,
    "true": True,
    "yes": True,
    "non": False,
    "n": False,
    "0": False,
    "faux": False,
    "false": False,
    "no": False,
}

_OPERATION = _choix(OPERATIONS, "acquisition ou mise en conformité")
_OUI_NON = _choix(OUI_NON, "oui ou non")

NUMERO = Colonne(
    "finess_et",
    ("finess", "numero_finess", "n_finess", "finess_geographique", "nofinesset", "num_finess", "finess_geo"),
    "Numéro FINESS géographique de l’ESSMS, neuf caractères. Seule colonne obligatoire.",
    "310000104",
    str,
    ("finess_et",),
    True,
)
COLONNES = (
    NUMERO,
    Colonne(
        "operation",
        ("type", "typologie", "situation"),
        "acquisition ou mise en conformité\u202f; vide\u00a0: celle choisie à l’envoi.",
        "acquisition",
        _OPERATION,
        ("operation",),
        True,
    ),
    Colonne(
        "public",
        ("type_de_public",),
        "PA, PH, PDS, PDE, PJM ou AHI, pour corriger ce que dit FINESS\u202f; vide\u00a0: FINESS.",
        "",
        _choix({p.lower(): p for p in PUBLICS}, ", ".join(PUBLICS)),
        ("public",),
    ),
    Colonne(
        "heures_totales",
        ("heures_total", "total_heures"),
        "Service d’aide à domicile\u00a0: heures totales de l’année N-1.",
        "",
        lire_heures,
        ("heures", "total"),
    ),
    Colonne("heures_apa", ("apa",), "dont heures APA.", "", lire_heures, ("heures", "apa")),
    Colonne("heures_pch", ("pch",), "dont heures PCH.", "", lire_heures, ("heures", "pch")),
    Colonne(
        "heures_autres",
        ("heures_dependance_autre", "dependance_autre"),
        "dont heures de dépendance hors APA et PCH.",
        "",
        lire_heures,
        ("heures", "dependance_autre"),
    ),
    Colonne(
        "materiel",
        ("equipement",),
        "oui si une aide au matériel est demandée (petits organismes).",
        "non",
        _OUI_NON,
        ("materiel_voulu",),
    ),
    Colonne(
        "materiel_ht",
        ("demande_ht",),
        "Montant de matériel demandé, hors taxes, en euros.",
        "",
        lire_montant_texte,
        ("materiel", "demande_ht"),
    ),
    Colonne(
        "materiel_ttc",
        ("demande_ttc",),
        "Montant de matériel demandé, toutes taxes comprises, en euros.",
        "",
        lire_montant_texte,
        ("materiel", "demande_ttc"),
    ),
    Colonne(
        "sons",
        (),
        "aucune, commande (bon signé, non annulé) ou prestation reçue.",
        "aucune",
        _choix(SONS, "aucune, commande ou prestation reçue"),
        ("sons",),
    ),
    Colonne(
        "autre_aide_europeenne",
        ("aide_europeenne",),
        "oui si une autre aide européenne finance l’opération.",
        "non",
        _OUI_NON,
        ("autre_aide_europeenne",),
    ),
    Colonne(
        "dui_finance_nom",
        ("dui_finance",),
        "Logiciel déjà financé par ESMS numérique pour cet ESSMS.",
        "",
        _texte_borne,
        ("dui_finance", "nom"),
    ),
    Colonne(
        "dui_finance_operation",
        (),
        "Opération déjà financée\u00a0: acquisition ou mise en conformité.",
        "",
        _OPERATION,
        ("dui_finance", "operation"),
    ),
)

PAR_ENTETE = {simplifier(mot): colonne for colonne in COLONNES for mot in (colonne.nom, *colonne.synonymes)}
