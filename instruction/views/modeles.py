"""Models that the portal writes from what it knows; those that it joins by itself, the hours certified."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from instruction import etats
from instruction.actions.garde import GesteRefuse, exiger
from instruction.actions.heures import certifier_les_heures
from instruction.actions.produits import produire, tout_produire
from instruction.documents.modeles import MODELES
from instruction.forms.piece import HeuresForm
from instruction.requetes import Examen
from instruction.requetes_produits import produits_de
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.pieces import page_des_pieces


@require_safe
@geste_sur
def modele(request: Demande, pk: UUID, code: str) -> HttpResponse:
    """The model of a piece that this project must bring, prefilled, as an attachment; 404 for any other."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    examen = Examen(dossier, timezone.now())
    voulu = MODELES.get(code)
    if voulu is None or voulu.piece not in {e.demandee.piece.regle for e in examen.etats_des_pieces}:
        raise Http404(code)
    reponse = HttpResponse(voulu.ecrire(examen), content_type=voulu.nature)
    reponse.headers["Content-Disposition"] = f'attachment; filename="{voulu.nom}"'
    return reponse


@require_POST
@geste_sur
def certifier_heures(request: Demande, pk: UUID) -> HttpResponse:
    """Certify the hours typed: the declaration is written and joined as P5."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    formulaire = HeuresForm(request.POST)
    if not formulaire.is_valid():
        return page_des_pieces(request, dossier, "P5", [str(e) for e in formulaire.errors["exactes"]])
    piece = certifier_les_heures(dossier=dossier, par=request.user)
    messages.success(request, f"La déclaration certifiée est jointe\u00a0: «\u00a0{piece.nom}\u00a0».")
    return redirect("dossiers:pieces", pk)


@require_POST
@geste_sur
def produire_piece(request: Demande, pk: UUID, code: str) -> HttpResponse:
    """Write a document from what is typed and join it; what must be typed first is said beside it."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    if code not in produits_de(Examen(dossier, timezone.now())):
        raise Http404(code)
    try:
        piece = produire(dossier=dossier, code=code, par=request.user)
    except GesteRefuse as refus:
        return page_des_pieces(request, dossier, code, [" ".join(refus.phrases)])
    messages.success(request, f"«\u00a0{piece.nom}\u00a0» est produit depuis votre saisie, et joint.")
    return redirect("dossiers:pieces", pk)


@require_POST
@geste_sur
def produire_tout(request: Demande, pk: UUID) -> HttpResponse:
    """The same for every document that is missing and can be written."""
    dossier = dossier_visible(request, pk)
    joints = [piece.nom for piece in tout_produire(dossier=dossier, par=request.user)]
    if joints:
        messages.success(request, f"Produits depuis votre saisie, et joints\u00a0: {', '.join(joints)}.")
    return redirect("dossiers:pieces", pk)
