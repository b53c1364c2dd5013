"""The list of conventions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from financement.models import EtatConvention
from financement.requetes import conventions_visibles

PAR_PAGE = 20


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """Everything this person may read; `?etat=` and `?page=` in the address, unknown values ignored."""
    etat = request.GET.get("etat", "")
    pages = Paginator(conventions_visibles(request.user, etat), PAR_PAGE)
    contexte = {
        "titre": "Conventions",
        "conventions": pages.get_page(request.GET.get("page")),
        "etats": EtatConvention.choices,
        "etat": etat if etat in EtatConvention.values else "",
    }
    return render(request, "financement/convention_liste.html", contexte)
