"""From a simulation to a draft: who carries it, under which campagne; the existing drafts are shown first."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from financement.models import Simulation
from grappes.requetes_campagnes import campagnes_ouvertes
from instruction.acces import droits_de
from instruction.actions.creation import BrouillonExistant, creer
from instruction.actions.garde import GesteRefuse
from instruction.etats import Etat
from instruction.forms.creation import CREE, CreationForm
from instruction.models import Dossier
from instruction.views.creation_directe import creer_directement

_CLE = re.compile(r"[0-9a-f]{20}")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def creer_dossier(request: HttpRequest) -> HttpResponse:
    """Confirm, then create. The simulator posts `simulation` alone; signing in brings back here."""
    donnees = request.POST if request.method == "POST" else request.GET
    cle = donnees.get("simulation", "")
    ici = f"{reverse('dossiers:creer')}?{urlencode({'simulation': cle})}"
    if not request.user.is_authenticated:
        return redirect_to_login(ici)
    if "simulation" not in donnees:
        return creer_directement(request)
    simulation = get_object_or_404(Simulation, pk=cle if _CLE.fullmatch(cle) else "")
    if request.method == "POST" and "identifiant" not in request.POST:
        return redirect(ici)
    formulaire = _formulaire(request, simulation)
    if request.method == "POST" and formulaire.is_valid():
        try:
            dossier = creer(simulation=simulation, par=request.user, **formulaire.cleaned_data)
        except GesteRefuse as refus:
            champ = "autre" if isinstance(refus, BrouillonExistant) else None
            formulaire.add_error(champ, list(refus.phrases))
        else:
            messages.success(request, CREE)
            return redirect("dossiers:dossier", dossier.pk)
    return _confirmer(request, simulation, formulaire)


def _formulaire(request: HttpRequest, simulation: Simulation) -> CreationForm:
    return CreationForm(
        request.POST if request.method == "POST" else None,
        campagnes=[c for c in campagnes_ouvertes(timezone.now()) if c.edition == simulation.entree["aap"]],
        organismes=droits_de(request.user).organismes,
        prefere=(simulation.entree.get("porteur") or {}).get("finess_ej"),
    )


def _confirmer(request: HttpRequest, simulation: Simulation, formulaire: CreationForm) -> HttpResponse:
    brouillons = Dossier.objects.filter(
        etat=Etat.BROUILLON, organisme__in=formulaire.organismes, campagne__in=formulaire.campagnes
    ).select_related("campagne")
    contexte = {
        "titre": "Créer un dossier",
        "simulation": simulation,
        "form": formulaire,
        "brouillons": brouillons.order_by("-cree_le", "pk")[:10],
    }
    return render(request, "instruction/creation.html", contexte, status=400 if formulaire.errors else 200)
