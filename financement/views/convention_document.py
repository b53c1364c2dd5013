"""The issued PDF, checked and served to whoever may read the convention."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from esms.socle.erreurs import conflit
from financement.requetes import DocumentAltere, conventions_visibles, lire_document


@require_safe
def document(request: HttpRequest, numero: str) -> HttpResponse:
    """The file as an attachment; 404 before the issue, 409 when the stored bytes are not those issued."""
    convention = get_object_or_404(conventions_visibles(request.user), numero=numero)
    if not convention.document:
        raise Http404("La convention n’est pas émise.")
    try:
        octets = lire_document(convention)
    except DocumentAltere as altere:
        return conflit(request, str(altere), convention.get_absolute_url())
    return HttpResponse(
        octets,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{convention.numero}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
