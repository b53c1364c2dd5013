"""What every address of the simulator shares: no account, named methods, a bounded rate of writing."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from esms.socle.debit import Debit, trop_de_demandes

Vue = Callable[..., HttpResponse]
_PHRASE = "Votre réseau a envoyé plus de simulations que le portail n’en accepte par minute."


class DebitDesEcrans(Debit):
    """As many POST per address as the API allows simulations, counted apart."""

    nom = "simulateur"
    scope = "simulations"


class DebitDesDocuments(DebitDesEcrans):
    """A PDF costs seconds of processor: each address gets a few per minute, reading or not."""

    nom = "documents"
    rate = "20/min"


def publique(*methodes: str, debit: type[DebitDesEcrans] = DebitDesEcrans) -> Callable[[Vue], Vue]:
    """Open a view to everyone for `methodes` only; a request too many gets the 429 page.

    By default only a POST counts, since it writes; `debit=DebitDesDocuments` counts every request.
    """

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def ouverte(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
            compte = request.method == "POST" or debit is DebitDesDocuments
            if compte and (attente := debit().attente(request)):
                return trop_de_demandes(request, attente, _PHRASE)
            return vue(request, *args, **options)

        return login_not_required(require_http_methods(methodes)(ouverte))

    return decorer
