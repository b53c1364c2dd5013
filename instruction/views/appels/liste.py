"""The calls for projects: open, coming, closed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from grappes.models import Campagne
from instruction.presentation.campagnes import Fenetre, fenetre
from instruction.views.appels.cache import gardee_un_moment

GROUPES = (("ouverte", "Ouverts"), ("a_venir", "À venir"), ("close", "Clos"))


@login_not_required
@require_safe
@gardee_un_moment
def liste(request: HttpRequest) -> HttpResponse:
    """Public; one query whatever the number of calls."""
    instant = timezone.now()
    fenetres = [fenetre(campagne, instant) for campagne in Campagne.objects.all()]
    contexte = {"titre": "Appels à projets", "groupes": _groupes(fenetres)}
    return render(request, "appels/liste.html", contexte)


def _groupes(fenetres: list[Fenetre]) -> list[tuple[str, list[Fenetre]]]:
    """Title and calls of each group: the next to close, the next to open, the last closed first."""
    groupes = []
    for statut, titre in GROUPES:
        siennes = [f for f in fenetres if f.statut == statut]
        if statut == "close":
            siennes.reverse()  # the rows come by closing
        groupes.append((titre, siennes))
    return groupes
