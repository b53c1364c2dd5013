"""A document of a call, for everybody while it is published."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from grappes.models import DocumentDeCampagne
from instruction.views.appels.cache import gardee_un_moment


@login_not_required
@require_safe
@gardee_un_moment
def document(request: HttpRequest, sigle: str, document: UUID) -> FileResponse:
    """The file, as an attachment, in a stream; 404 once it is withdrawn."""
    publies = DocumentDeCampagne.objects.filter(retire_le__isnull=True)
    trouve = get_object_or_404(publies, pk=document, campagne__sigle=sigle)
    return FileResponse(
        trouve.fichier.open("rb"),
        as_attachment=True,
        filename=trouve.nom,
        content_type="application/octet-stream",
    )
