"""The receipt as a PDF: everything it says comes from the sealed filing and from the receipt's own row."""

from typing import Any
from zoneinfo import ZoneInfo

from esms.socle.pdf import rendre_pdf
from instruction.models import AccuseDeReception


def rendre_accuse(accuse: AccuseDeReception) -> bytes:
    """PDF/UA bytes of the receipt; same row, same bytes."""
    return rendre_pdf(
        "pdf/accuse.html",
        contexte_de(accuse),
        titre=f"Accusé de réception du dossier {accuse.numero}",
        identifiant=f"accuse:{accuse.numero}:{accuse.depot.rang}:{accuse.depot.empreinte}",
        date=accuse.emis_le.astimezone(ZoneInfo(accuse.depot.dossier.campagne.fuseau)),
    )


def contexte_de(accuse: AccuseDeReception) -> dict[str, Any]:
    """What the page and the PDF show, read from what was sealed."""
    campagne = accuse.depot.dossier.campagne
    return {
        "accuse": accuse,
        "depot": accuse.depot,
        "campagne": campagne,
        "fuseau": campagne.fuseau,
        "scelle": accuse.depot.contenu,
    }
