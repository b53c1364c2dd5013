"""The front page: what the portal is for, and where to start."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from grappes.requetes_campagnes import campagnes_ouvertes


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """Public; shows the open calls."""
    contexte = {"titre": "Accueil", "campagnes": campagnes_ouvertes(timezone.now())}
    return render(request, "accueil.html", contexte)


@login_not_required
@require_safe
def accessibilite(request: HttpRequest) -> HttpResponse:
    """Public; what is known of the accessibility of the portal today."""
    return render(request, "accessibilite.html", {"titre": "Accessibilité"})


@login_not_required
@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    """Public; who publishes, what is kept and why."""
    return render(request, "mentions.html", {"titre": "Mentions légales"})
