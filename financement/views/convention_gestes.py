"""What the ARS does on a convention: issue, mark signed, pay.

Every gesture is a POST, answered by a redirection to the page. One that is not one's own is a 403 (raised by
the action), a state that moved meanwhile a 409.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from esms.comptes.acces import TypeUtilisateur
from esms.socle.erreurs import conflit
from financement.acces import peut_payer, peut_signer
from financement.actions.refus import EtatDepasse, GesteRefuse
from financement.forms.convention import SignatureForm, VersementForm
from financement.models import Convention
from financement.requetes import conventions_completes
from financement.views.convention_fiche import afficher

# This floor's action, or one above that calls it; named arguments: `convention`, what the form holds, `par`.
Geste = Callable[..., Any]


@require_POST
def emettre(request: HttpRequest, numero: str, *, geste: Geste) -> HttpResponse:
    """Issue the PDF; again is harmless."""
    convention = get_object_or_404(conventions_completes(request.user), numero=numero)
    try:
        geste(convention=convention, par=request.user)
    except GesteRefuse as refus:
        return conflit(request, str(refus), convention.get_absolute_url())
    messages.success(request, "La convention est émise\u00a0: son document est prêt à être signé.")
    return redirect(convention)


@require_POST
def signer(request: HttpRequest, numero: str, *, geste: Geste) -> HttpResponse:
    """Record the signature."""
    return _faire(
        request,
        numero,
        SignatureForm(request.POST),
        "form_signature",
        geste,
        "La signature est enregistrée.",
        peut_signer,
    )


@require_POST
def verser(request: HttpRequest, numero: str, *, geste: Geste) -> HttpResponse:
    """Record the first payment."""
    return _faire(
        request,
        numero,
        VersementForm(request.POST),
        "form_versement",
        geste,
        "Le versement est enregistré.",
        peut_payer,
    )


def _faire(
    request: HttpRequest,
    numero: str,
    form: forms.Form,
    nom: str,
    geste: Geste,
    fait: str,
    peut: Callable[[TypeUtilisateur, Convention], bool],
) -> HttpResponse:
    """Play `geste` with what the form holds: done and redirected, refused in the form, or 409."""
    convention = get_object_or_404(conventions_completes(request.user), numero=numero)
    if not peut(request.user, convention):
        raise PermissionDenied(nom)
    if form.is_valid():
        try:
            geste(convention=convention, par=request.user, **form.cleaned_data)
        except EtatDepasse as depasse:
            return conflit(request, str(depasse), convention.get_absolute_url())
        except GesteRefuse as refus:
            form.add_error(None, list(refus.phrases))
        else:
            messages.success(request, fait)
            return redirect(convention)
    return afficher(request, convention, status=422, **{nom: form})
