"""Pages and API answers for what went wrong: one clear French sentence, never a traceback."""

import sys
from collections.abc import Sequence
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from esms.socle.saisie import Saisie


def csrf_refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the form's token is missing or too old (signed in again in another tab).

    What was typed is shown, ready to be sent again, only when the browser says that the form was ours:
    another site must neither write on our pages nor have its form confirmed.
    """
    sien = request.headers.get("Sec-Fetch-Site") == "same-origin"
    contexte = {
        "titre": "Formulaire expiré",
        "saisie": Saisie.de(request) if sien else None,
        "vers": request.get_full_path(),
    }
    reponse = render(request, "403_csrf.html", contexte, status=403)
    reponse.headers["Cache-Control"] = "no-store, private"
    return reponse


def conflit(request: HttpRequest, message: str, retour: str) -> HttpResponse:
    """409: the state moved since the page was read; says who did what, what was typed, where to go back."""
    contexte = {
        "titre": "Action devenue impossible",
        "message": message,
        "retour": retour,
        "saisie": Saisie.de(request),
    }
    return render(request, "409.html", contexte, status=409)


def refus(request: HttpRequest, phrases: Sequence[str], retour: str) -> HttpResponse | None:
    """422: the gesture is refused, with its reasons and what was typed; None when nothing was typed."""
    saisie = Saisie.de(request)
    if saisie is None or not saisie.lisibles:
        return None
    contexte = {"titre": "Action refusée", "phrases": phrases, "retour": retour, "saisie": saisie}
    return render(request, "422.html", contexte, status=422)


def erreur_interne(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database does not answer: a page that needs neither it nor the session."""
    absente = isinstance(sys.exception(), OperationalError)
    statut = 503 if absente else 500
    if request.path.startswith("/api/"):
        detail = (
            "Le portail est momentanément indisponible." if absente else "Le portail a rencontré une erreur."
        )
        reponse: HttpResponse = JsonResponse({"detail": detail}, status=statut)
    else:
        reponse = HttpResponse(render_to_string("500.html", {"absente": absente}), status=statut)
    reponse.headers["Cache-Control"] = "no-store"
    if absente:
        reponse.headers["Retry-After"] = "60"
    return reponse


def reponse_api(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's answer, in French, for what the framework itself refuses."""
    if isinstance(exc, exceptions.Throttled):
        exc = exceptions.Throttled(detail="Trop de demandes, réessayez dans une minute.")
    elif isinstance(exc, exceptions.ParseError):
        exc = exceptions.ParseError(detail="Le corps de la demande n’est pas du JSON lisible.")
    return exception_handler(exc, context)
