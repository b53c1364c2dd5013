"""The check page, the filing, and the receipt."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from instruction import etats
from instruction.actions.depot import deposer
from instruction.actions.garde import GesteRefuse, exiger
from instruction.models import AccuseDeReception, Dossier
from instruction.regles.recevabilite import REGLES_LEVABLES
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.sections import sections_de


@require_safe
@geste_sur
def relecture(request: Demande, pk: UUID) -> HttpResponse:
    """Everything that will be filed, and everything that is missing."""
    dossier = dossier_visible(request, pk)
    exiger(etats.DEPOSER, dossier, request.user)
    return _page(request, dossier, [])


@require_POST
@geste_sur
def deposer_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """File.

    When something is missing, the check page comes back with the sentences and nothing is written.
    """
    dossier = dossier_visible(request, pk)
    try:
        deposer(dossier=dossier, par=request.user)
    except GesteRefuse as refus:
        return _page(request, dossier, list(refus.phrases))
    return redirect("dossiers:accuse", pk)


@require_safe
def accuse(request: Demande, pk: UUID) -> HttpResponse:
    """The receipt, for whoever sees the dossier."""
    dossier = dossier_visible(request, pk)
    recu = get_object_or_404(
        AccuseDeReception.objects.select_related("depot"), depot=dossier.depot_courant_id
    )
    contexte = cadre(request, dossier, "Accusé de réception", accuse=recu, scelle=recu.depot.contenu)
    return render(request, "instruction/accuse.html", contexte)


def _page(request: Demande, dossier: Dossier, refus: list[str]) -> HttpResponse:
    examen = Examen(dossier, timezone.now())
    sections = {decrite.cle: decrite for decrite in sections_de(examen.edition)}
    contexte = cadre(
        request,
        dossier,
        "Relecture et dépôt",
        examen=examen,
        refus=refus,
        relues=[
            (decrite, decrite.url(dossier), decrite.lire(examen.section(decrite.cle).contenu, examen.edition))
            for decrite in sections_de(examen.edition)
        ],
        manques=[
            (manque.phrase, sections[manque.section].url(dossier) if manque.section in sections else "")
            for manque in examen.manques
        ],
        levables=[
            c for c in examen.resultat.controles if c.regle in REGLES_LEVABLES and c.verdict == "bloquant"
        ],
    )
    return render(request, "instruction/relecture.html", contexte, status=400 if refus else 200)
