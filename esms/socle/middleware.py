"""What no other middleware sets: headers of every response, a page for a method that is not served."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

METHODE_REFUSEE = 405
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class EntetesMiddleware:
    """Add the permissions policy; forbid shared caches to keep a page that a signed-in user received.

    A file, whoever wrote it and whichever view serves it, goes out in a sandbox: were it shown instead of
    saved, it would run nothing and be of no site.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its headers."""
        reponse = self.get_response(request)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.user.is_authenticated:
            reponse.headers.setdefault("Cache-Control", "no-store, private")
        if reponse.headers.get("Content-Disposition", "").startswith("attachment"):
            reponse.headers["Content-Security-Policy"] = "sandbox"
        return reponse

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """404 for an address that holds a NUL: nothing can be named so, and PostgreSQL refuses to look."""
        if "\x00" in request.path_info:
            raise Http404


class MethodeInattendue:
    """405 as a page: who reloads the address of a form is told what to do, and where its page is.

    The header `Allow` stays. The API answers by itself; a HEAD has no body to show.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, unchanged unless it is a bare 405."""
        reponse = self.get_response(request)
        if reponse.status_code != METHODE_REFUSEE or reponse.content or request.path.startswith("/api/"):
            return reponse
        contexte = {"titre": "Adresse à ne pas ouvrir", "retour": _page_au_dessus(request.path)}
        page = render(request, "405.html", contexte, status=METHODE_REFUSEE)
        page.headers["Allow"] = reponse.headers["Allow"]
        return page


def _page_au_dessus(chemin: str) -> str:
    """The nearest address above this one that leads somewhere; at worst the front page."""
    while chemin.strip("/"):
        chemin = chemin.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(chemin)
        except Resolver404:
            continue
        return chemin
    return "/"
