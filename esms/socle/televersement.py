"""Files being sent: bounded before they are read, and never more of one on the disk than what may enter."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from esms.socle.debit import DebitParPersonne, trop_de_demandes

FICHIER_MAX = 20 * 1024 * 1024  # bytes; « 20 Mo » as file managers count them
ENVOI_MAX = 5 * FICHIER_MAX + 1024 * 1024  # bytes of one request: five full files and the fields around them


class EnvoiBorne:
    """Answer 413 to a request that announces too much, before anything reads its body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the portal, or the refusal; a length that is no number is left to Django."""
        annonce = request.META.get("CONTENT_LENGTH") or "0"
        if annonce.isascii() and annonce.isdigit() and int(annonce) > ENVOI_MAX:
            return render(request, "413.html", {"titre": "Envoi trop volumineux"}, status=413)
        return self.get_response(request)


class DebitDesFichiers(DebitParPersonne):
    """Sendings of files by one account, all doors together: each is read, analysed and kept for years.

    Someone who joins every piece of a dossier one by one, and each of them again, stays far below.
    """

    nom = "fichiers"
    rate = "240/hour"


class EnvoiFreine:
    """Answer 429 to an account that sends files again and again; the simulator counts its own, by address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, unchanged."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, vue: object, *_: object) -> HttpResponse | None:
        """Count the files that came, once the form is known to be ours.

        A view without a token (the API) reads its body itself: it is left whole.
        """
        if getattr(vue, "csrf_exempt", False) or not request.user.is_authenticated or not request.FILES:
            return None
        attente = DebitDesFichiers().attente(request)
        return trop_de_demandes(request, attente, "Trop de fichiers ont été envoyés.") if attente else None


class FichierBorne(FileUploadHandler):
    """Drop what a file holds past the limit: enough is kept to see that it is too big, whatever it weighs.

    First of the handlers; the check of the content then says « 20 Mo » in its own sentence.
    """

    chunk_size = 64 * 2**10

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The chunk for the handler that keeps it, or None once the file is too big."""
        return None if start > FICHIER_MAX else raw_data

    def file_complete(self, file_size: int) -> Any:
        """Leave the file to the handlers that follow."""
        return None
