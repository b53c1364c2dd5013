"""The campagnes of an ARS, and the calls that it may open."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from esms.comptes.acces import lieux_de
from instruction.presentation.campagnes import fenetre
from instruction.requetes_campagnes import a_ouvrir, campagnes_visibles
from instruction.views.cadre import Demande


@require_safe
def liste(request: Demande) -> HttpResponse:
    """Agents and national roles; 403 for anybody else."""
    lieux = lieux_de(request.user)
    if not lieux.ars and not lieux.partout:
        raise PermissionDenied("campagnes")
    instant = timezone.now()
    contexte = {
        "titre": "Campagnes",
        "fenetres": [
            fenetre(c, instant) for c in campagnes_visibles(request.user).order_by("-fermeture", "sigle")
        ],
        "a_ouvrir": a_ouvrir(request.user),
    }
    return render(request, "campagnes/liste.html", contexte)
