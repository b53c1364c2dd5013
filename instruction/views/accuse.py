"""The receipt: on screen as soon as the dossier is filed, then as a PDF that a task has made."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from instruction.documents.accuse import contexte_de
from instruction.models import AccuseDeReception, AccuseEnPdf
from instruction.views.cadre import Demande, cadre, dossier_visible
from instruction.views.depots import dossier_du_porteur
from instruction.views.retrait_du_depot import encore_retirable


@require_safe
def accuse(request: Demande, pk: UUID, rang: int | None = None) -> HttpResponse:
    """The receipt of the filing that counts, for whoever sees the dossier; of any other, for its porteur."""
    recu = _recu(request, pk, rang)
    dossier = recu.depot.dossier
    contexte = cadre(request, dossier, "Accusé de réception", **contexte_de(recu))
    contexte["retrait"] = getattr(recu.depot, "retrait", None)
    contexte["retirable"] = encore_retirable(contexte, dossier)
    contexte["pdf"] = AccuseEnPdf.objects.filter(accuse=recu).exists()
    return render(request, "instruction/accuse.html", contexte)


@require_safe
def accuse_en_pdf(request: Demande, pk: UUID, rang: int | None = None) -> FileResponse:
    """The file; 404 until the task has made it: the page says so."""
    document = get_object_or_404(AccuseEnPdf, accuse=_recu(request, pk, rang))
    depot = document.accuse.depot
    suite = f"-depot-{depot.rang}" if depot.rang > 1 else ""
    reponse = FileResponse(
        document.fichier.open("rb"),
        as_attachment=True,
        filename=f"accuse-{document.accuse.numero}{suite}.pdf",
        content_type="application/pdf",
    )
    reponse.headers["Cache-Control"] = "private, no-store"
    return reponse


def _recu(request: Demande, pk: UUID, rang: int | None) -> AccuseDeReception:
    recus = AccuseDeReception.objects.select_related("depot__retrait")
    if rang is None:
        dossier = dossier_visible(request, pk)
        recu = get_object_or_404(recus, depot=dossier.depot_courant_id)
    else:
        dossier = dossier_du_porteur(request, pk)
        recu = get_object_or_404(recus, depot__dossier=dossier, depot__rang=rang)
    recu.depot.dossier = dossier
    return recu
