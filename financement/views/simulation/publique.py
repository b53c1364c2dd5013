"""What every address of the simulator shares: no account, named methods, a bounded rate of writing."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from rest_framework.throttling import SimpleRateThrottle

Vue = Callable[..., HttpResponse]


class DebitDesEcrans(SimpleRateThrottle):
    """As many POST per address as the API allows simulations, counted apart, in the shared cache."""

    scope = "simulations"

    def get_cache_key(self, request: HttpRequest, view: None) -> str:  # type: ignore[override]
        """One counter per address."""
        return f"debit:simulateur:{self.get_ident(request)}"  # type: ignore[arg-type]


class DebitDesDocuments(DebitDesEcrans):
    """A PDF costs seconds of processor: each address gets a few per minute, reading or not."""

    rate = "20/min"

    def get_cache_key(self, request: HttpRequest, view: None) -> str:  # type: ignore[override]
        """A counter of its own."""
        return f"debit:documents:{self.get_ident(request)}"  # type: ignore[arg-type]


def publique(*methodes: str, debit: type[DebitDesEcrans] = DebitDesEcrans) -> Callable[[Vue], Vue]:
    """Open a view to everyone for `methodes` only; a request too many gets the 429 page.

    By default only a POST counts, since it writes; `debit=DebitDesDocuments` counts every request.
    """

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def ouverte(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
            if request.method == "POST" or debit is DebitDesDocuments:
                frein = debit()
                if not frein.allow_request(request, None):  # type: ignore[arg-type]
                    return _trop_de_demandes(request, frein.wait())
            return vue(request, *args, **options)

        return login_not_required(require_http_methods(methodes)(ouverte))

    return decorer


def _trop_de_demandes(request: HttpRequest, attente: float | None) -> HttpResponse:
    secondes = max(1, round(attente or 1))
    contexte = {"titre": "Trop de demandes", "secondes": secondes}
    reponse = render(request, "financement/simulation/trop_de_demandes.html", contexte, status=429)
    reponse.headers["Retry-After"] = str(secondes)
    return reponse
