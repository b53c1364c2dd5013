"""Taking a filing back to correct it: a page that says what it does, then the gesture."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from instruction import etats
from instruction.actions.garde import EtatDepasse, exiger
from instruction.actions.rappels import fenetre_du_projet
from instruction.actions.retrait import FENETRE_CLOSE, retirable, retirer_depot
from instruction.models import Dossier
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Retirer le dépôt"
SANS_RANG = "Ouvrez la page de retrait\u00a0: elle dit quel dépôt est retiré."


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def retirer_le_depot(request: Demande, pk: UUID) -> HttpResponse:
    """Confirm, then withdraw the filing that the page showed: the draft comes back."""
    dossier = dossier_visible(request, pk)
    if request.method == "POST":
        retirer_depot(dossier=dossier, par=request.user, rang=_rang(request))
        messages.success(
            request, "Votre dépôt est retiré\u00a0: corrigez le brouillon, puis déposez-le de nouveau."
        )
        return redirect("dossiers:dossier", pk)
    exiger(etats.RETIRER_DEPOT, dossier, request.user)
    refus = "" if retirable(dossier, timezone.now()) else FENETRE_CLOSE
    return render(
        request,
        "instruction/retirer_depot.html",
        cadre(request, dossier, TITRE, refus=refus, depot=dossier.depot, fin=_fin_de_la_fenetre(dossier)),
    )


def encore_retirable(contexte: Mapping[str, Any], dossier: Dossier) -> bool:
    """Whether the reader of a page (its `cadre`) may take the filing back now."""
    return etats.RETIRER_DEPOT.nom in contexte["gestes"] and retirable(dossier, timezone.now())


def _fin_de_la_fenetre(dossier: Dossier) -> datetime:
    """The first instant at which it could not be filed again, at the legal time of the ARS (C1, C2)."""
    examen = Examen(dossier, timezone.now())
    return fenetre_du_projet(examen).bornes(examen.edition.zone)[1]


def _rang(request: Demande) -> int:
    """Rank of the filing that the person read. A request without it knows nothing of the state: stale."""
    saisi = request.POST.get("rang", "")
    if not (saisi.isascii() and saisi.isdigit()):
        raise EtatDepasse(SANS_RANG)
    return int(saisi)
