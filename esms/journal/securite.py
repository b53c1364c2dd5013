"""Gestures that the portal refused, and fields that it did not ask for: named in a chain of their own.

Never a value: a name, an address, a status. Bounded per account, so that a flood cannot fill the journal.
The one thing that a reading may write, and no screen depends on it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from esms.journal.actions import inscrire
from esms.journal.champs_lus import ChampsLus
from esms.socle.debit import DebitParPersonne

CHAINE = "securite"
REFUS = {403: "refus_interdit", 404: "refus_invisible", 409: "refus_depasse"}
CHAMPS_MAX = 20
LONGUEUR_MAX = 80
_ERREUR = 400


class DebitDuJournal(DebitParPersonne):
    """How many entries one account may cause."""

    nom = "securite"
    rate = "60/hour"


class JournalDeSecurite:
    """Write down what a signed-in person tried and did not get.

    An anonymous visitor sees only what is public, and counts for nothing here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, unchanged."""
        reponse = self.get_response(request)
        if request.user.is_authenticated and request.resolver_match is not None:
            _relever(request, reponse.status_code)
        return reponse

    def process_view(self, request: HttpRequest, vue: Callable[..., Any], *_: Any) -> None:
        """From here on, note which posted fields are read; the API reads its own bodies."""
        formulaire = request.method == "POST" and not getattr(vue, "csrf_exempt", False)
        if formulaire and request.user.is_authenticated:
            request.POST = ChampsLus.de(request.POST)  # type: ignore[assignment]


def _relever(request: HttpRequest, statut: int) -> None:
    """A refusal by its status; else the fields that a form accepted without them."""
    if statut in REFUS:
        _signaler(request, REFUS[statut], {})
    elif statut < _ERREUR and isinstance(request.POST, ChampsLus) and request.POST.inattendus:
        noms = [_lisible(nom) for nom in request.POST.inattendus[:CHAMPS_MAX]]
        _signaler(request, "champs_ignores", {"champs": noms})


def _signaler(request: HttpRequest, geste: str, contenu: Mapping[str, Any]) -> None:
    if DebitDuJournal().attente(request):
        return
    adresse = request.resolver_match
    arguments = {nom: _lisible(str(valeur)) for nom, valeur in (adresse.kwargs if adresse else {}).items()}
    with transaction.atomic():
        inscrire(
            chaine=CHAINE,
            geste=geste,
            par=request.user,  # type: ignore[arg-type]  # signed in: checked before
            contenu={
                "methode": request.method,
                "adresse": adresse.view_name if adresse else "",
                "arguments": arguments,
                **contenu,
            },
        )


def _lisible(texte: str) -> str:
    """Bounded, in visible ASCII: no NUL, no half surrogate, no mark that turns a line around."""
    return texte[:LONGUEUR_MAX].encode("unicode_escape").decode("ascii")[:LONGUEUR_MAX]
