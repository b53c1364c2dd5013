"""What the last adding left out, kept in the visitor's session and shown on the pages it led to.

It is not in the simulation: what was refused is not its content.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest

from financement.composition.tri import Ecart, Tri

_CLE = "simulation_ecarts"
ECARTS_MONTRES = 100


def retenir(request: HttpRequest, cle: str, tri: Tri, operation: str) -> None:
    """Keep the report of one adding; it replaces the previous one."""
    request.session[_CLE] = {"cle": cle, **compte_rendu(len(tri.retenus), tri.ecarts, operation)}


def compte_rendu(ajoutes: int, ecarts: Sequence[Ecart], operation: str) -> dict[str, Any]:
    """Report as the template shows it: the first lines, and how many there are in all."""
    return {
        "ajoutes": ajoutes,
        "nombre": len(ecarts),
        "lignes": [asdict(ecart) for ecart in ecarts[:ECARTS_MONTRES]],
        "operation": operation,
        "inconnus": " ".join(ecart.valeur for ecart in ecarts if ecart.inconnu),
    }


def de_la_page(request: HttpRequest, cle: str) -> dict[str, Any] | None:
    """Report of the adding that led to this simulation, if it is the last one; reading keeps it."""
    rapport = request.session.get(_CLE)
    return rapport if rapport and rapport["cle"] == cle else None
