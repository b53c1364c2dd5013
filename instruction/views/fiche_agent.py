"""The agent's sheet of a dossier: what to do next and what stands in the way, then the key facts."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from instruction.acces import droits_de
from instruction.actions.cloture import fin_du_recours
from instruction.models import Desistement, Dossier
from instruction.presentation.suites import suite_pour_les_agents
from instruction.regles.decision import controles_a_juger, objections_a_recevoir, pieces_a_juger
from instruction.requetes_complements import proposition
from instruction.views.cadre import Demande
from instruction.views.historique import derniers_faits

# Motive proposed when complements never came (C5); the instructor changes it at will.
INCOMPLET = "Les compléments demandés n’ont pas été fournis avant l’échéance\u00a0: le dossier est incomplet."
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
        "desistement": None,
        "suite": suite_pour_les_agents(dossier),
        "proposition": proposition(dossier, timezone.now())
        if contexte["gestes"] & {"verifier", "clore_complements"}
        else "",
        "motif_propose": "",
        "fin_du_recours": _recours_en_cours(dossier) if "clore" in contexte["gestes"] else None,
    }
    if contexte["proposition"]:
        contexte["motif_propose"] = INCOMPLET
    droits = droits_de(request.user)
    if droits.examine(dossier):
        contexte["convention"] = getattr(dossier.grappe, "convention", None)
    if droits.suit(dossier):
        contexte |= {
            "decisions": dossier.decisions.select_related("par", "plan"),
            "faits": derniers_faits(dossier, DERNIERS),
            "desistement": Desistement.objects.filter(dossier=dossier).select_related("par").first(),
        }
    return render(request, "instruction/fiche_agent.html", contexte)


def _recours_en_cours(dossier: Dossier) -> date | None:
    """Last day of the appeal that still stands in the way of closing."""
    dernier = fin_du_recours(dossier)
    ici = timezone.localdate(timezone=ZoneInfo(dossier.campagne.fuseau))
    return dernier if dernier is not None and ici <= dernier else None


def _a_juger(dossier: Dossier, scelle: dict[str, Any]) -> dict[str, Any]:
    """How many checks and pieces have an opinion, and why the dossier cannot be declared admissible yet."""
    controles, pieces = scelle["resultat"]["controles"], scelle["pieces_demandees"]
    avis = {(avis.regle, avis.portee): avis.confirme for avis in dossier.depot.avis_controles.all()}
    avis_pieces = {avis.code: avis.acceptee for avis in dossier.depot.avis_pieces.all()}
    return {
        "controles_juges": (len(avis), len(controles_a_juger(controles))),
        "pieces_jugees": (
            len(avis_pieces),
            len({p["code"] for p in pieces_a_juger(pieces)} | set(avis_pieces)),
        ),
        "objections": objections_a_recevoir(controles, avis, pieces, avis_pieces),
    }
