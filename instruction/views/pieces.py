"""Section « Pièces » of a draft: what is asked for and why, the files joined, their sending."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from instruction import etats
from instruction.actions.garde import exiger
from instruction.actions.heures import peut_certifier_les_heures
from instruction.actions.piece import joindre, retirer
from instruction.fichiers import TYPES, FichierRefuse, nom_affiche
from instruction.forms.piece import FICHIERS_MAX, PieceForm
from instruction.models import Dossier, Piece
from instruction.presentation.pieces import lignes_de, phrase_de_l_analyse, sans_objet
from instruction.requetes import Examen
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur
from instruction.views.sections import sections_de

TITRE = "Pièces"


@require_safe
@geste_sur
def pieces(request: Demande, pk: UUID) -> HttpResponse:
    """Each document the edition asks for, why, and the files joined."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    return page_des_pieces(request, dossier)


@require_POST
@geste_sur
def joindre_piece(request: Demande, pk: UUID, code: str) -> HttpResponse:
    """Join files. One that is refused says why; the good ones of the same sending are joined."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    if code not in {etat.demandee.piece.regle for etat in Examen(dossier, timezone.now()).etats_des_pieces}:
        raise Http404(code)
    formulaire = PieceForm(request.POST, request.FILES, dossier=dossier, code=code)
    if not formulaire.is_valid():
        erreurs = [str(erreur) for liste in formulaire.errors.values() for erreur in liste]
        return page_des_pieces(request, dossier, code, erreurs)
    fichiers = formulaire.cleaned_data["fichier"]
    joints, refus = _joindre(request, dossier, code, fichiers, formulaire.cleaned_data["remplace"])
    if joints:
        messages.success(request, _phrase(joints))
    if refus:
        return page_des_pieces(request, dossier, code, refus, joints)
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


def page_des_pieces(
    request: Demande,
    dossier: Dossier,
    code: str = "",
    erreurs: Sequence[str] = (),
    joints: Sequence[str] = (),
) -> HttpResponse:
    """The page as it is now, with what was refused beside the document it was sent for."""
    examen = Examen(dossier, timezone.now())
    retirees = dossier.pieces.filter(retiree_le__isnull=False).select_related("retiree_par")
    sections = {d.cle: (d.titre, d.url(dossier)) for d in sections_de(examen.edition)}
    lignes = lignes_de(examen, sections)
    contexte = cadre(
        request,
        dossier,
        TITRE,
        lignes=lignes,
        a_produire=[ligne.code for ligne in lignes if ligne.a_produire],
        heures=examen.heures_declarees,
        peut_certifier=peut_certifier_les_heures(dossier, request.user),
        sans_objet=sans_objet(examen),
        retirees=retirees.order_by("-retiree_le", "pk"),
        analyse=phrase_de_l_analyse(examen.pieces),
        types=", ".join(TYPES),
        accepte=",".join(f".{extension}" for extension in (*TYPES, "jpeg")),
        fichiers_max=FICHIERS_MAX,
        code_en_erreur=code if erreurs else "",
        erreurs=erreurs,
        joints=joints,
    )
    return render(request, "instruction/pieces.html", contexte, status=400 if erreurs else 200)


def _joindre(
    request: Demande, dossier: Dossier, code: str, fichiers: Sequence[UploadedFile], remplace: Piece | None
) -> tuple[list[str], list[str]]:
    """Names of the files joined, sentences on those refused; the first one joined replaces `remplace`."""
    joints: list[str] = []
    refus: list[str] = []
    for fichier in fichiers:
        nom = fichier.name or ""
        try:
            piece = joindre(
                dossier=dossier,
                code=code,
                nom=nom,
                fichier=fichier,  # type: ignore[arg-type]  # a file of Django reads as one
                remplace=None if joints else remplace,
                par=request.user,
            )
            joints.append(piece.nom)
        except FichierRefuse as refuse:
            seul = len(fichiers) == 1
            refus.append(str(refuse) if seul else f"«\u00a0{nom_affiche(nom)}\u00a0»\u00a0: {refuse}")
    return joints, refus


def _phrase(joints: Sequence[str]) -> str:
    if len(joints) == 1:
        return f"«\u00a0{joints[0]}\u00a0» est joint."
    return f"{len(joints)}\u00a0fichiers sont joints."
