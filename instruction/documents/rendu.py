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
    le: datetime | None = None,
) -> bytes:
    """PDF/UA bytes of `gabarit`; `trace` (JSON) names this very content, `le` its instant."""
    dossier = examen.dossier
    fuseau = ZoneInfo(dossier.campagne.fuseau)
    return rendre_pdf(
        gabarit,
        {"dossier": dossier, "edition": examen.edition, "campagne": dossier.campagne, **contexte},
        titre=titre,
        identifiant=f"{gabarit}:{dossier.pk}:{canonique.empreinte(trace)}",
        date=(le or dossier.cree_le).astimezone(fuseau),
    )
