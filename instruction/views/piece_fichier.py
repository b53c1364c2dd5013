"""The files themselves, each served through an address checked at every access."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from instruction.acces import droits_de
from instruction.models import Dossier, Piece
from instruction.requetes_complements import elements_envoyes
from instruction.views.cadre import Demande, dossier_visible


@require_safe
def telecharger(request: Demande, pk: UUID, piece: UUID) -> FileResponse:
    """The file, as an attachment under its cleaned name, in a stream; whoever sees the dossier may read it.

    404 for a file isolated by the antivirus, and for one in quarantine unless the person sent it.
    """
    dossier = dossier_visible(request, pk)
    trouvee = get_object_or_404(Piece, pk=piece, dossier=dossier)
    if not _lisible(trouvee, dossier, request):
        raise Http404("illisible")
    return FileResponse(
        trouvee.fichier.open("rb"),
        as_attachment=True,
        filename=trouvee.nom,
        content_type="application/octet-stream",
    )


def _lisible(piece: Piece, dossier: Dossier, request: Demande) -> bool:
    if piece.infectee:
        return False
    if piece.en_quarantaine:
        return piece.deposee_par_id == request.user.pk
    if droits_de(request.user).porte(dossier):
        return True
    # The ARS has no business with a withdrawn file, nor with an answer that is not sent yet.
    return piece.retiree_le is None and (
        piece.element_id is None or piece.element_id in elements_envoyes(dossier)
    )
