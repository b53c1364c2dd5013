"""Pages and API answers for what went wrong: one clear French sentence, never a traceback."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler


def csrf_refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the form's token is missing or too old: what was typed is one « back » away."""
    return render(request, "403_csrf.html", {"titre": "Formulaire expiré"}, status=403)


def conflit(request: HttpRequest, message: str, retour: str) -> HttpResponse:
    """409: the state moved since the page was read; says who did what, and where to go back."""
    return render(
        request,
        "409.html",
        {"titre": "Action devenue impossible", "message": message, "retour": retour},
        status=409,
    )


def reponse_api(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's answer, in French, for what the framework itself refuses."""
    if isinstance(exc, exceptions.Throttled):
        exc = exceptions.Throttled(detail="Trop de demandes, réessayez dans une minute.")
    elif isinstance(exc, exceptions.ParseError):
        exc = exceptions.ParseError(detail="Le corps de la demande n’est pas du JSON lisible.")
    return exception_handler(exc, context)
