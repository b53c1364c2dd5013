"""Sending a dossier to the counter it belongs to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.garde import exiger
from instruction.actions.recevabilite import reorienter
from instruction.forms.suite import ReorientationForm
from instruction.regles.guichets import guichets_possibles
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Réorienter vers un autre guichet"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def reorienter_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Choose the counter, say why, then send it there."""
    dossier = dossier_visible(request, pk)
    formulaire = ReorientationForm(
        request.POST if request.method == "POST" else None,
        guichets=guichets_possibles(edition_de(dossier.campagne)),
    )
    if formulaire.is_valid():
        decision = reorienter(dossier=dossier, par=request.user, **formulaire.cleaned_data)
        messages.success(request, f"Le dossier est réorienté vers\u00a0: {decision.destinataire}.")
        return redirect("dossiers:dossier", pk)
    exiger(etats.REORIENTER, dossier, request.user)
    guichet = dossier.depot.contenu["resultat"]["guichet"]
    contexte = cadre(request, dossier, TITRE, form=formulaire, guichet=guichet)
    return render(
        request, "instruction/reorienter.html", contexte, status=400 if formulaire.is_bound else 200
    )
