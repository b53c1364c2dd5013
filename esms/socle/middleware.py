"""Headers that every response carries and that no other middleware sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
