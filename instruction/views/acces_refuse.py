"""403: which right is missing, who gives it, and what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from esms.socle.saisie import Saisie
from instruction.presentation.acces_refuse import GENERALE, RAISONS


def acces_refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of PermissionDenied, whatever the room that raised it."""
    contexte = {
        "titre": "Accès refusé",
        "raison": RAISONS.get(str(exception), GENERALE),
        "saisie": Saisie.de(request),
    }
    return render(request, "403.html", contexte, status=403)
