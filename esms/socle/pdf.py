"""PDF from a template (WeasyPrint): tagged, same bytes for same input, blind outside its own table.

A document extends templates/pdf/base.html, never uses `safe`, and names its sheets `pdf:<file>`.
"""

import hashlib
import logging
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

journal = logging.getLogger(__name__)

SCHEMA = "pdf:"
DOSSIER = settings.BASE_DIR / "templates" / "pdf"
POLICES = ("Marianne-Regular.woff2", "Marianne-Bold.woff2", "Marianne-Regular_Italic.woff2")
_TYPES = {".css": "text/css", ".woff2": "font/woff2"}


class RessourceRefusee(ValueError):
    """A document asked for something outside the table; it is printed without it."""


@cache
def ressources() -> Mapping[str, bytes]:
    """Everything a document may load, in memory: sheets of templates/pdf, State's fonts where allowed."""
    table = {SCHEMA + feuille.name: feuille.read_bytes() for feuille in sorted(DOSSIER.glob("*.css"))}
    for police in POLICES if settings.ESMS_MARQUE_ETAT else ():
        chemin = finders.find(f"dsfr/dist/fonts/{police}")
        table[SCHEMA + police] = Path(str(chemin)).read_bytes()
    return table


class RecuperateurFerme(URLFetcher):
    """Gives what is in the table; refuses and logs any other address (file, http, data…). Opens nothing."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Bytes of a known name; raises RessourceRefusee, which WeasyPrint turns into a missing resource."""
        corps = ressources().get(url)
        if corps is None:
            journal.warning("Ressource refusée dans un PDF : %.200s", url)
            raise RessourceRefusee("adresse hors de la table des ressources")
        return URLFetcherResponse(url, corps, {"Content-Type": _TYPES[Path(url).suffix]})


def _sans_controle(texte: str) -> str:
    """`texte` without what XML metadata cannot hold or what would reorder it (controls, bidi marks)."""
    return "".join(lettre for lettre in texte if not unicodedata.category(lettre).startswith("C"))


def rendre_pdf(
    gabarit: str,
    contexte: Mapping[str, Any],
    *,
    titre: str,
    identifiant: str,
    date: datetime,
    langue: str = "fr",
    variante: str = "pdf/ua-1",
) -> bytes:
    """Render `gabarit` as a tagged PDF.

    `identifiant` (any text that names the document and its version) and `date` (aware) are written into the
    file instead of the clock and of chance: same input, same bytes, on the same fonts. Takes about 0.1 s per
    page. Raises ValueError for a naive date.
    """
    if date.tzinfo is None:
        raise ValueError("La date d’un PDF porte son fuseau horaire.")
    complet = {
        **contexte,
        "titre": _sans_controle(titre),
        "langue": langue,
        "date_pdf": date.isoformat(timespec="seconds"),
    }
    page = HTML(string=render_to_string(gabarit, complet), url_fetcher=RecuperateurFerme())
    octets: bytes = page.write_pdf(
        pdf_variant=variante,
        pdf_tags=True,
        pdf_identifier=hashlib.sha256(identifiant.encode("utf8")).digest()[:16],
    )
    return octets
