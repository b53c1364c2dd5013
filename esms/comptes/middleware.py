"""The door: signed in, or sent to sign in without losing what was typed; for an agent, with two factors."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from esms.comptes import second_facteur
from esms.comptes.acces import lire_une_fois
from esms.comptes.reprise import garder, page_du_formulaire
from esms.comptes.views.connexion import session_expiree
from esms.socle.saisie import Saisie

SORTIR = frozenset({"comptes:deconnexion"})
# To enrol a first second factor; the password may be asked once more on the way.
ENROLER = SORTIR | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
}
# To prove the one that is enrolled; never to enrol another: a stolen password would be enough.
PROUVER = SORTIR | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


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


class DroitsLusUneFois:
    """What the person holds is asked for by the door, the view, the rows and the header: read once.

    For this request only, whose `user` is an object of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, unchanged."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Before anything asks."""
        lire_une_fois(request.user)


class SecondFacteurExige:
    """An agent reaches nothing, public pages included, before this session has passed a second factor.

    Read at each request: whoever becomes an agent is asked for it at once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, unchanged."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Let through, or send to the one thing to do."""
        if not request.user.is_authenticated or second_facteur.passe(request):
            return None
        if not second_facteur.exige(request.user):
            return None
        enrole = second_facteur.enrole(request.user)
        ici = request.resolver_match.view_name if request.resolver_match else ""
        if ici in (PROUVER if enrole else ENROLER):
            return None
        saisie = Saisie.de(request)
        if saisie is not None:
            garder(request, saisie, request.get_full_path())
        suite = _suite(request, saisie)
        request.session[second_facteur.SUITE] = suite
        return redirect_to_login(
            suite, second_facteur.adresse_de_preuve(request.user) if enrole else reverse("mfa_index")
        )


def _suite(request: HttpRequest, saisie: Saisie | None) -> str:
    """Where to go once it is passed."""
    if saisie is not None:
        return reverse("comptes:reprise")
    return request.get_full_path() if request.method == "GET" else page_du_formulaire(request)
