"""Domains of the Ségur listing of a software, and what a software is in each. Words, not rules."""

from collections.abc import Mapping

DOMAINES: Mapping[str, str] = {
    "PA": "Personnes âgées",
    "PH": "Personnes handicapées",
    "DOM": "Domicile",
    "PDS": "Personnes en difficultés spécifiques",
    "PDE": "Protection de l’enfance",
    "PJM": "Protection juridique des majeurs",
    "AHI": "Accueil, hébergement, insertion",
    "HOP": "Couloir hôpital",
}
STATUTS: Mapping[str, str] = {"reference": "Référencée", "candidate": "Candidate"}
HOPITAL = "HOP"
