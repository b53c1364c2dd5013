"""The check page and the filing."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from instruction import etats
from instruction.actions.certification import certification_en_vigueur, est_representant
from instruction.actions.depot import deposer
from instruction.actions.garde import GesteRefuse, exiger
from instruction.models import Dossier
from instruction.regles.recevabilite import REGLES_LEVABLES, SECTION_DEPOT, Manque
from instruction.requetes import Examen
from instruction.requetes_certification import representants
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.sections import sections_de


@require_safe
@geste_sur
def relecture(request: Demande, pk: UUID) -> HttpResponse:
    """Everything that will be filed, and everything that is missing."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    return _page(request, dossier, [])


@require_POST
@geste_sur
def deposer_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """File, as of the instant when the request came in.

    When something is missing, the check page comes back with the sentences and nothing is written.
    """
    recu_le = timezone.now()
    # Seen, no more: the filing reads the row under its lock.
    dossier = get_object_or_404(Dossier.objects.visibles_par(request.user).only("pk", "etat"), pk=pk)
    certifie = request.POST.get("certifie") == "oui"
    try:
        deposer(dossier=dossier, par=request.user, certifie=certifie, recu_le=recu_le)
    except GesteRefuse as refus:
        return _page(request, dossier_visible(request, pk), list(refus.phrases))
    return redirect("dossiers:accuse", pk)


def _page(request: Demande, dossier: Dossier, refus: list[str]) -> HttpResponse:
    prefetch_related_objects([dossier.grappe], "essms")
    examen = Examen(dossier, timezone.now())
    sections = {decrite.cle: decrite for decrite in sections_de(examen.edition)}
    certification = certification_en_vigueur(examen)
    contexte = cadre(
        request,
        dossier,
        "Relecture et dépôt",
        examen=examen,
        refus=refus,
        certification=certification,
        perimee=certification is None and dossier.certifications.exists(),
        representant=est_representant(dossier, request.user),
        representants=representants(dossier),
        adresse=examen.section("contacts").contenu.get("representant_courriel", ""),
        relues=[
            (decrite, decrite.url(dossier), decrite.lire(examen.section(decrite.cle).contenu, examen.edition))
            for decrite in sections_de(examen.edition)
        ],
        levables=[
            c for c in examen.resultat.controles if c.regle in REGLES_LEVABLES and c.verdict == "bloquant"
        ],
    )
    contexte["manques"] = [
        (sections.get(cle), sections[cle].url(dossier) if cle in sections else "", list(manques))
        for cle, manques in groupby(_manques(examen, contexte), key=attrgetter("section"))
    ]
    return render(request, "instruction/relecture.html", contexte, status=400 if refus else 200)


def _manques(examen: Examen, contexte: dict[str, Any]) -> Iterable[Manque]:
    """What is missing; of a window that is over, only that it is: nothing was filed « too late »."""
    if not contexte["cloture_passee"]:
        return examen.manques
    close = Manque(SECTION_DEPOT, f"Le dépôt est clos depuis le {contexte['cloture'].fin}.")
    return [*(manque for manque in examen.manques if manque.section != SECTION_DEPOT), close]
