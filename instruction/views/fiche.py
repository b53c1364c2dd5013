"""The page of a dossier: the task list of a draft, the follow-up of a filed one, the agent's sheet."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from instruction.etats import Etat
from instruction.models import Desistement, Dossier
from instruction.presentation.echeances import effacement
from instruction.presentation.suites import suite_pour_le_porteur
from instruction.presentation.taches import avancement, tache
from instruction.regles import recevabilite
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible
from instruction.views.fiche_agent import fiche_agent
from instruction.views.retrait_du_depot import encore_retirable
from instruction.views.sections import sections_de


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
    contexte |= {
        "suite": suite_pour_le_porteur(trouve),
        "decisions": decisions,
        "convention": getattr(trouve.grappe, "convention", None),
        "desistement": Desistement.objects.filter(dossier=trouve).first(),
        "complements": trouve.depot.demandes.exists(),
        "retirable": encore_retirable(contexte, trouve),
        "precedents": trouve.depot.rang > 1,
    }
    return render(request, "instruction/suivi.html", contexte)


def _taches(request: Demande, dossier: Dossier, contexte: dict[str, object]) -> HttpResponse:
    """One line per section: its status, what it lacks, who changed it last."""
    examen = Examen(dossier, timezone.now())
    taches = [
        (decrite, decrite.url(dossier), tache(examen, decrite.cle, typee=decrite.typee))
        for decrite in sections_de(examen.edition)
    ]
    contexte |= {
        "precedents": bool(dossier.numero),
        "effacement": effacement(dossier, examen.instant),
        "examen": examen,
        "taches": taches,
        "avancement": avancement(ligne for _, _, ligne in taches),
        "hors_fenetre": [
            manque.phrase
            for manque in examen.manques
            if manque.section == recevabilite.SECTION_DEPOT and not contexte["cloture_passee"]
        ],
    }
    return render(request, "instruction/taches.html", contexte)
