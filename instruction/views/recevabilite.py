"""Admissibility: each piece of the sealed filing, accepted or not; then the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from instruction import etats
from instruction.actions.decision import ecarter_ineligible, ecarter_irrecevable, recevoir
from instruction.actions.examen import SaisiePiece, donner_avis_pieces
from instruction.actions.garde import GesteRefuse, VersionDepassee
from instruction.forms.examen import AvisForm, MotifForm
from instruction.models import AvisPiece, Dossier, Piece
from instruction.regles.decision import pieces_a_juger
from instruction.requetes_complements import elements_envoyes
from instruction.views.cadre import Demande, cadre, dossier_visible, exiger_lecture, exiger_role, geste_sur

TITRE = "Recevabilité"


@dataclass(frozen=True, slots=True)
class LignePiece:
    """One piece asked for, as it was filed: its files, those that came after, the opinion, its form."""

    piece: Mapping[str, Any]
    fichiers: list[Piece]
    complements: list[Piece]
    avis: AvisPiece | None
    form: AvisForm

    @property
    def a_juger(self) -> bool:
        """Waits for an opinion, or has one: not an optional piece of which nothing ever came."""
        return bool(self.avis or self.complements or pieces_a_juger([self.piece]))


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def recevabilite(request: Demande, pk: UUID) -> HttpResponse:
    """Read or give opinions on the pieces."""
    dossier = dossier_visible(request, pk)
    if request.method != "POST":
        exiger_lecture(request, dossier)
        return _page(request, dossier, _lignes(dossier, request))
    exiger_role(request, dossier, etats.VERIFIER)
    lignes = _lignes(dossier, request)
    if not all(ligne.form.is_valid() for ligne in lignes):
        return _page(request, dossier, lignes, HTTPStatus.BAD_REQUEST)
    saisies = [
        SaisiePiece(
            ligne.piece["code"],
            ligne.form.favorable,
            ligne.form.cleaned_data["motif"],
            ligne.form.version_lue,
        )
        for ligne in lignes
        if ligne.form.donne
    ]
    try:
        donner_avis_pieces(dossier=dossier, saisies=saisies, par=request.user)
    except VersionDepassee:
        for ligne in lignes:
            ligne.form.actualiser(ligne.avis.version if ligne.avis else 0)
        return _page(request, dossier, lignes, HTTPStatus.CONFLICT)
    messages.success(request, "Vos avis sur les pièces sont enregistrés.")
    return redirect("dossiers:recevabilite", pk)


@require_POST
@geste_sur
def recevoir_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Declare it admissible."""
    recevoir(dossier=dossier_visible(request, pk), par=request.user)
    messages.success(request, "Le dossier est recevable. Vous pouvez ouvrir l’instruction.")
    return redirect("dossiers:dossier", pk)


@require_POST
@geste_sur
def ecarter(request: Demande, pk: UUID, sens: str) -> HttpResponse:
    """Declare it inadmissible or not eligible, with the motive typed."""
    dossier = dossier_visible(request, pk)
    gestes = {"irrecevable": ecarter_irrecevable, "ineligible": ecarter_ineligible}
    formulaire = MotifForm(request.POST)
    if not formulaire.is_valid():
        raise GesteRefuse(*map(str, formulaire.errors["motif"]))
    gestes[sens](dossier=dossier, motif=formulaire.cleaned_data["motif"], par=request.user)
    messages.success(request, "La décision est enregistrée.")
    return redirect("dossiers:dossier", pk)


def _page(request: Demande, dossier: Dossier, lignes: list[LignePiece], statut: int = 200) -> HttpResponse:
    contexte = cadre(
        request,
        dossier,
        TITRE,
        "recevabilite",
        lignes=lignes,
        formulaires=[ligne.form for ligne in lignes],
        nombre=sum(ligne.a_juger for ligne in lignes),
        examines=sum(ligne.avis is not None for ligne in lignes),
        avec_erreurs=statut == HTTPStatus.BAD_REQUEST,
        conflit=statut == HTTPStatus.CONFLICT,
    )
    return render(request, "instruction/recevabilite.html", contexte, status=statut)


def _lignes(dossier: Dossier, request: Demande) -> list[LignePiece]:
    avis = {a.code: a for a in dossier.depot.avis_pieces.select_related("par")}
    fichiers = list(dossier.pieces.filter(retiree_le__isnull=True))
    envoyees = elements_envoyes(dossier)
    lignes = []
    for piece in dossier.depot.contenu["pieces_demandees"]:
        donne = avis.get(piece["code"])
        initial = (
            {"avis": "oui" if donne.acceptee else "non", "motif": donne.motif, "version": donne.version}
            if donne
            else {}
        )
        formulaire = AvisForm(
            request.POST if request.method == "POST" else None,
            prefix=piece["code"],
            initial=initial,
            sujet=f"{piece['code']} – {piece['libelle']}",
            oui="Acceptée",
            non="Refusée",
        )
        joints = [f for f in fichiers if f.code == piece["code"]]
        au_depot = [f for f in joints if dossier.depose_le and f.deposee_le <= dossier.depose_le]
        envoyes = [f for f in joints if f not in au_depot and f.element_id in envoyees]
        lignes.append(LignePiece(piece, au_depot, envoyes, donne, formulaire))
    return lignes
