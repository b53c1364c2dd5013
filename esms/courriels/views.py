"""« Notifications »: what the portal told this person; the copy that counts, whatever the e-mail became."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from esms.comptes.models import Utilisateur
from esms.courriels.actions.lecture import marquer_lue, marquer_tout_lu
from esms.courriels.requetes import notifications_de

PAR_PAGE = 20


class Demande(HttpRequest):
    """A request whose author is signed in: the middleware sees to it before any view of this room."""

    user: Utilisateur


@require_safe
def liste(request: Demande) -> HttpResponse:
    """Every notification of this person, twenty a page; reading the page marks nothing."""
    page = Paginator(notifications_de(request.user), PAR_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/liste.html", {"titre": "Notifications", "page": page})


@require_POST
def ouvrir(request: Demande, pk: int) -> HttpResponse:
    """Read it, and go to the page it is about."""
    notification = get_object_or_404(notifications_de(request.user), pk=pk)
    marquer_lue(notification=notification, par=request.user)
    return redirect(notification.courriel.lien)


@require_POST
def lire(request: Demande, pk: int) -> HttpResponse:
    """Mark it read, and stay."""
    notification = get_object_or_404(notifications_de(request.user), pk=pk)
    marquer_lue(notification=notification, par=request.user)
    return redirect("notifications:liste")


@require_POST
def tout_lire(request: Demande) -> HttpResponse:
    """Mark them all read."""
    nombre = marquer_tout_lu(par=request.user)
    s = "s" if nombre > 1 else ""
    messages.success(
        request, f"{nombre} notification{s} marquée{s} comme lue{s}." if nombre else "Tout était lu."
    )
    return redirect("notifications:liste")
