"""The door: signed in, or sent to sign in without losing what was typed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from esms.comptes.views import page_du_formulaire, session_expiree
from esms.socle.saisie import Saisie


class ConnexionExigee(LoginRequiredMiddleware):
    """Everything is closed unless a view says otherwise.

    A reading comes back to its page after the sign-in; a form comes back with what it held; a bare button,
    to the page where it was.
    """

    def handle_no_permission(  # type: ignore[override]  # the parent only ever redirects
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        """Ask to sign in."""
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        saisie = Saisie.de(request)
        return session_expiree(request, saisie) if saisie else redirect_to_login(page_du_formulaire(request))
