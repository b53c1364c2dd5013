"""Section « Pièces » of a draft, and the files themselves, each served through a checked address."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from instruction import etats
from instruction.acces import droits_de
from instruction.actions.garde import exiger
from instruction.actions.piece import joindre, retirer
from instruction.fichiers import TYPES, FichierRefuse
from instruction.forms.piece import PieceForm
from instruction.models import Dossier, Piece
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Pièces"


@require_safe
@geste_sur
def pieces(request: Demande, pk: UUID) -> HttpResponse:
    """Each document the edition asks for, why, and the files joined."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    return _page(request, dossier)


@require_POST
@geste_sur
def joindre_piece(request: Demande, pk: UUID, code: str) -> HttpResponse:
    """Join a file.

    When it is refused, the page comes back with the reason beside the document, the others kept.
    """
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    if code not in {etat.demandee.piece.regle for etat in Examen(dossier, timezone.now()).etats_des_pieces}:
        raise Http404(code)
    formulaire = PieceForm(request.POST, request.FILES, dossier=dossier, code=code)
    if not formulaire.is_valid():
        erreurs = [str(erreur) for liste in formulaire.errors.values() for erreur in liste]
        return _page(request, dossier, code, erreurs)
    fichier = formulaire.cleaned_data["fichier"]
    try:
        piece = joindre(
            dossier=dossier,
            code=code,
            nom=fichier.name,
            fichier=fichier,
            remplace=formulaire.cleaned_data["remplace"],
            par=request.user,
        )
    except FichierRefuse as refus:
        return _page(request, dossier, code, [str(refus)])
    messages.success(request, f"«\u00a0{piece.nom}\u00a0» est joint.")
    return redirect("dossiers:pieces", pk)


@require_POST
@geste_sur
def retirer_piece(request: Demande, pk: UUID, piece: UUID) -> HttpResponse:
    """Withdraw a file from the draft."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    trouvee = get_object_or_404(Piece.objects.select_related("dossier"), pk=piece, dossier=dossier)
    retirer(piece=trouvee, par=request.user)
    messages.success(request, f"«\u00a0{trouvee.nom}\u00a0» est retiré du dossier.")
    return redirect("dossiers:pieces", pk)


@require_safe
def telecharger(request: Demande, pk: UUID, piece: UUID) -> FileResponse:
    """The file, as an attachment under its cleaned name; whoever sees the dossier may read it."""
    dossier = dossier_visible(request, pk)
    trouvee = get_object_or_404(Piece, pk=piece, dossier=dossier)
    if trouvee.retiree_le is not None and not droits_de(request.user).porte(dossier):
        raise Http404("retiree")  # a withdrawn file was never filed: the ARS has no business with it
    reponse = FileResponse(
        trouvee.fichier.open("rb"),
        as_attachment=True,
        filename=trouvee.nom,
        content_type="application/octet-stream",
    )
    reponse.headers["Content-Security-Policy"] = "sandbox"
    return reponse


def _page(
    request: Demande, dossier: Dossier, code: str = "", erreurs: list[str] | None = None
) -> HttpResponse:
    examen = Examen(dossier, timezone.now())
    lignes = [
        (etat, [piece for piece in examen.pieces if piece.code == etat.demandee.piece.regle])
        for etat in examen.etats_des_pieces
    ]
    codes = {etat.demandee.piece.regle for etat in examen.etats_des_pieces}
    contexte = cadre(
        request,
        dossier,
        TITRE,
        lignes=lignes,
        sans_objet=[piece for piece in examen.pieces if piece.code not in codes],
        retirees=dossier.pieces.filter(retiree_le__isnull=False).select_related("retiree_par"),
        types=", ".join(TYPES),
        code_en_erreur=code if erreurs else "",
        erreurs=erreurs or [],
    )
    return render(request, "instruction/pieces.html", contexte, status=400 if erreurs else 200)
