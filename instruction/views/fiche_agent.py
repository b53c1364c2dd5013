"""The agent's sheet of a dossier: what to do next and what stands in the way, then the key facts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from instruction.acces import droits_de
from instruction.models import Dossier
from instruction.regles.decision import controles_a_juger, objections_a_recevoir
from instruction.views.cadre import Demande
from instruction.views.historique import derniers_faits

DERNIERS = 5  # lines of the history on the sheet; the rest has its own page


def fiche_agent(request: Demande, dossier: Dossier, contexte: dict[str, Any]) -> HttpResponse:
    """Next gestures, summary; for who follows it, decisions and the latest lines of the history."""
    scelle = dossier.depot.contenu
    contexte |= {
        "scelle": scelle,
        "piliers": scelle["resultat"]["synthese"],
        **(_a_juger(dossier, scelle) if "verifier" in contexte["gestes"] else {"objections": ()}),
        "decisions": (),
        "convention": None,
        "faits": (),
    }
    droits = droits_de(request.user)
    if droits.examine(dossier):
        contexte["convention"] = getattr(dossier.grappe, "convention", None)
    if droits.suit(dossier):
        contexte |= {
            "decisions": dossier.decisions.select_related("par", "plan"),
            "faits": derniers_faits(dossier, DERNIERS),
        }
    return render(request, "instruction/fiche_agent.html", contexte)


def _a_juger(dossier: Dossier, scelle: dict[str, Any]) -> dict[str, Any]:
    """How many checks and pieces have an opinion, and why the dossier cannot be declared admissible yet."""
    controles, pieces = scelle["resultat"]["controles"], scelle["pieces_demandees"]
    avis = {(avis.regle, avis.portee): avis.confirme for avis in dossier.depot.avis_controles.all()}
    avis_pieces = {avis.code: avis.acceptee for avis in dossier.depot.avis_pieces.all()}
    return {
        "controles_juges": (len(avis), len(controles_a_juger(controles))),
        "pieces_jugees": (len(avis_pieces), len(pieces)),
        "objections": objections_a_recevoir(controles, avis, pieces, avis_pieces),
    }
