"""The page of one convention: state, amounts, plan, payments, history, and the gesture that comes next."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from financement.acces import peut_gerer, peut_payer, peut_signer
from financement.forms.convention import SignatureForm, VersementForm
from financement.models import Convention
from financement.requetes import conventions_completes, echeancier, historique

LIGNES_PAR_PAGE = 50


@require_safe
def fiche(request: HttpRequest, numero: str) -> HttpResponse:
    """The convention `numero`, or 404 for whoever may not read it."""
    convention = get_object_or_404(conventions_completes(request.user), numero=numero)
    return afficher(request, convention)


def afficher(
    request: HttpRequest, convention: Convention, *, status: int = 200, **formulaires: Any
) -> HttpResponse:
    """The page, with a form just refused when a gesture gives one back."""
    lignes = Paginator(convention.plan.lignes, LIGNES_PAR_PAGE)
    echeances = echeancier(convention)
    contexte = {
        "titre": f"Convention {convention.numero}",
        "fil": [("Conventions", reverse("conventions:liste"))],
        "convention": convention,
        "gere": peut_gerer(request.user, convention),
        "signe": peut_signer(request.user, convention),
        "paie": peut_payer(request.user, convention),
        "lignes": lignes.get_page(request.GET.get("lignes")),
        "echeances": echeances,
        "premier_versement_fait": echeances[0].versement is not None,
        "solde_fait": len(echeances) > 1 and echeances[-1].versement is not None,
        "faits": historique(convention),
        "nombre_essms": len(convention.plan.entree["essms"]),
        "form_signature": SignatureForm(),
        "form_versement": VersementForm(),
        **formulaires,
    }
    return render(request, "financement/convention.html", contexte, status=status)
