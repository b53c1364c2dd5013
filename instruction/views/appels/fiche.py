"""One call for projects: its window to the second, what to prepare, whom to ask, where to start."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from grappes.models import Campagne
from grappes.requetes_campagnes import edition_de
from instruction.presentation.campagnes import changements, fenetre
from instruction.presentation.preparation import preparation
from instruction.requetes_campagnes import entrees_de_dates
from instruction.views.appels.cache import gardee_un_moment
from instruction.views.sections import sections_de


@login_not_required
@require_safe
@gardee_un_moment
def fiche(request: HttpRequest, sigle: str) -> HttpResponse:
    """Public; everything comes from the edition and the rows of the campagne."""
    campagne = get_object_or_404(Campagne, sigle=sigle)
    edition = edition_de(campagne)
    bouges = changements(entrees_de_dates(campagne))
    contexte = {
        "titre": campagne.titre,
        "fil": [("Appels à projets", reverse("appels:liste"))],
        "campagne": campagne,
        "edition": edition,
        "fenetre": fenetre(campagne, timezone.now()),
        "preparation": preparation(edition, [(s.cle, s.titre) for s in sections_de(edition)]),
        "changements": [c for c in bouges if c.quoi != "Ouverture de la campagne"],
        "contacts": campagne.contacts.filter(public=True),
        "documents": campagne.documents.filter(retire_le__isnull=True),
    }
    return render(request, "appels/fiche.html", contexte)
