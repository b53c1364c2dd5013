"""Giving up: a page that says what it undoes, a motive, a box to tick."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from instruction import etats
from instruction.actions.garde import exiger
from instruction.actions.retrait import se_desister
from instruction.forms.suite import DesistementForm
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Se désister"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def desister(request: Demande, pk: UUID) -> HttpResponse:
    """Confirm, then give up for good."""
    dossier = dossier_visible(request, pk)
    formulaire = DesistementForm(request.POST if request.method == "POST" else None)
    if formulaire.is_valid():
        se_desister(dossier=dossier, motif=formulaire.cleaned_data["motif"], par=request.user)
        messages.success(request, "Votre désistement est enregistré. L’ARS en est avertie.")
        return redirect("dossiers:dossier", pk)
    exiger(etats.SE_DESISTER, dossier, request.user)
    contexte = cadre(
        request,
        dossier,
        TITRE,
        form=formulaire,
        convention=getattr(dossier.grappe, "convention", None),
    )
    return render(request, "instruction/desister.html", contexte, status=400 if formulaire.is_bound else 200)
