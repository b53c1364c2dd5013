"""The page of a dossier: the task list of a draft, the follow-up of a filed one, the agent's sheet."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instruction.etats import Etat
from instruction.models import Dossier
from instruction.regles import recevabilite
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible
from instruction.views.fiche_agent import fiche_agent

SECTIONS = (
    (recevabilite.SECTION_FICHE, "Porteur et contacts"),
    (recevabilite.SECTION_GRAPPE, "Grappe et solution"),
    (recevabilite.SECTION_PROJET, "Projet"),
    (recevabilite.SECTION_PIECES, "Pièces"),
)


@require_safe
def dossier(request: Demande, pk: UUID) -> HttpResponse:
    """What this reader needs of the dossier, in its state."""
    trouve = dossier_visible(request, pk)
    contexte = cadre(request, trouve, trouve.numero or "Brouillon", "dossier")
    if not contexte["pour_porteur"]:
        return fiche_agent(request, trouve, contexte)
    if trouve.etat == Etat.BROUILLON:
        return _taches(request, trouve, contexte)
    decisions = trouve.decisions.select_related("plan")
    contexte |= {"decisions": decisions, "convention": getattr(trouve.grappe, "convention", None)}
    return render(request, "instruction/suivi.html", contexte)


def _taches(request: Demande, dossier: Dossier, contexte: dict[str, object]) -> HttpResponse:
    """One line per section, complete or with the number of things left."""
    examen = Examen(dossier, timezone.now())
    restes = [manque.section for manque in examen.manques]
    taches = [(libelle, f"dossiers:{section}", restes.count(section)) for section, libelle in SECTIONS]
    contexte |= {
        "examen": examen,
        "taches": taches,
        "hors_fenetre": [
            manque.phrase for manque in examen.manques if manque.section == recevabilite.SECTION_DEPOT
        ],
    }
    return render(request, "instruction/taches.html", contexte)
