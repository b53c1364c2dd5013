"""Headers that every response carries and that no other middleware sets."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class EntetesMiddleware:
    """Add the permissions policy; forbid shared caches to keep a page that a signed-in user received."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with its headers."""
        reponse = self.get_response(request)
        reponse.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.user.is_authenticated:
            reponse.headers.setdefault("Cache-Control", "no-store, private")
        return reponse

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """404 for an address that holds a NUL: nothing can be named so, and PostgreSQL refuses to look."""
        if "\x00" in request.path_info:
            raise Http404
