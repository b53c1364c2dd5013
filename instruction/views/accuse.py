"""The receipt: on screen as soon as the dossier is filed, then as a PDF that a task has made."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from instruction.documents.accuse import contexte_de
from instruction.models import AccuseDeReception, AccuseEnPdf, Dossier
from instruction.views.cadre import Demande, cadre, dossier_visible


@require_safe
def accuse(request: Demande, pk: UUID) -> HttpResponse:
    """The receipt of the filing that counts, for whoever sees the dossier."""
    dossier = dossier_visible(request, pk)
    recu = _recu(dossier)
    contexte = cadre(request, dossier, "Accusé de réception", **contexte_de(recu))
    contexte["pdf"] = AccuseEnPdf.objects.filter(accuse=recu).exists()
    return render(request, "instruction/accuse.html", contexte)


@require_safe
def accuse_en_pdf(request: Demande, pk: UUID) -> FileResponse:
    """The file; 404 until the task has made it: the page says so."""
    document = get_object_or_404(AccuseEnPdf, accuse=_recu(dossier_visible(request, pk)))
    reponse = FileResponse(
        document.fichier.open("rb"),
        as_attachment=True,
        filename=f"accuse-{document.accuse.numero}.pdf",
        content_type="application/pdf",
    )
    reponse.headers["Cache-Control"] = "private, no-store"
    return reponse


def _recu(dossier: Dossier) -> AccuseDeReception:
    recus = AccuseDeReception.objects.select_related("depot__dossier__campagne")
    return get_object_or_404(recus, depot=dossier.depot_courant_id)
