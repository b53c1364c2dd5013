"""A simulation as a tagged PDF that says its rules version and its link.

Same simulation, same rules and register: same bytes.
"""

from datetime import UTC, datetime, time

from esms.socle.pdf import rendre_pdf
from financement.etude import Etude
from financement.presentation.controles import groupes_de_controles
from financement.presentation.lignes import nommees, sous_totaux
from financement.presentation.refus import refus
from financement.presentation.verdicts import TYPOLOGIES, VERDICTS, nom_du_guichet

LIGNES_MAX = 240  # sixty ESSMS of four lines; beyond, the lines are in the workbook: nobody reads such a PDF
_SANS_REGISTRE = datetime(2000, 1, 1, tzinfo=UTC)


def simulation_pdf(etude: Etude, lien: str) -> bytes:
    """The document, which quotes its permanent link; dated by the register, never by the clock."""
    lignes = etude.resultat.financement.lignes
    contexte = {
        "etude": etude,
        "resultat": etude.resultat,
        "verdict": VERDICTS[etude.resultat.verdict],
        "guichet": nom_du_guichet(etude.resultat.guichet),
        "typologie": TYPOLOGIES[etude.resultat.projet.typologie],
        "groupes": groupes_de_controles(etude),
        "sous_totaux": sous_totaux(etude),
        "refus": refus(etude),
        "versements": etude.resultat.financement.versements,
        "lignes": nommees(etude, lignes) if len(lignes) <= LIGNES_MAX else None,
        "lien": lien,
    }
    date = datetime.combine(etude.date_finess, time(), UTC) if etude.date_finess else _SANS_REGISTRE
    identifiant = f"{lien} {etude.edition.version} {date.isoformat()}"
    return rendre_pdf(
        "pdf/simulation.html", contexte, titre=f"Simulation {etude.cle}", identifiant=identifiant, date=date
    )
