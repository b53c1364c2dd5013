"""How a model becomes a PDF: dated by the draft, never by the clock. Same answers, same bytes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from esms.socle import canonique
from esms.socle.pdf import rendre_pdf
from instruction.requetes import Examen


def rendre_modele(
    gabarit: str,
    examen: Examen,
    *,
    titre: str,
    contexte: Mapping[str, Any],
    trace: Any,
    code: str,
    le: datetime | None = None,
) -> bytes:
    """PDF/UA bytes of `gabarit` for the piece `code`: `trace` (JSON) names its content, `le` its instant.

    One that answers a request for complements says so, and what it is made from.
    """
    dossier, origine = examen.dossier, examen.origine_de(code)
    fuseau = ZoneInfo(dossier.campagne.fuseau)
    return rendre_pdf(
        gabarit,
        {
            "dossier": dossier,
            "edition": examen.edition,
            "campagne": dossier.campagne,
            "origine": origine,
            **contexte,
        },
        titre=titre,
        identifiant=f"{gabarit}:{dossier.pk}:{canonique.empreinte([trace, *origine] if origine else trace)}",
        date=(le or dossier.cree_le).astimezone(fuseau),
    )
