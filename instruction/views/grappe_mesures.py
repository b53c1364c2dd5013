"""An invited organism answers for itself to the 13 cyber measures, on the page of its ESSMS."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from esms.socle.erreurs import conflit
from grappes.regles.participation import Part
from instruction.actions.garde import EtatDepasse, VersionDepassee
from instruction.actions.mesures import repondre_aux_mesures
from instruction.forms.mesures import MesuresForm
from instruction.models import Dossier
from instruction.presentation.mesures_du_membre import mesures_du_membre, section_des_mesures
from instruction.views.cadre import Demande, geste_sur
from instruction.views.grappe_membre import dossier_partage, page_du_membre


@require_POST
@geste_sur
def repondre(request: Demande, pk: UUID) -> HttpResponse:
    """Save the answers of one organism; 409 with both when they changed since the page was read."""
    dossier, parts = dossier_partage(request, pk)
    part, section = parts.get(request.POST.get("organisme", "")), section_des_mesures(dossier)
    if part is None or section is None:
        raise PermissionDenied("organisme")
    formulaire = MesuresForm(request.POST, finess_ej=part.finess_ej, section=section)
    if not formulaire.is_valid():
        return _page(request, dossier, parts, part, formulaire, HTTPStatus.BAD_REQUEST)
    try:
        return _enregistrer(request, dossier, formulaire)
    except VersionDepassee:
        return _page(request, dossier, parts, part, formulaire, HTTPStatus.CONFLICT)
    except EtatDepasse as depasse:
        return conflit(request, str(depasse), reverse("dossiers:grappe_membre", args=[pk]))


def _enregistrer(request: Demande, dossier: Dossier, formulaire: MesuresForm) -> HttpResponse:
    repondre_aux_mesures(
        dossier=dossier,
        finess_ej=formulaire.finess_ej,
        reponse=formulaire.reponse,
        version=formulaire.cleaned_data["version"],
        par=request.user,
    )
    messages.success(request, "Les réponses de votre organisme sont enregistrées. Le porteur les lit.")
    return redirect("dossiers:grappe_membre", dossier.pk)


def _page(
    request: Demande,
    dossier: Dossier,
    parts: dict[str, Part],
    part: Part,
    formulaire: MesuresForm,
    statut: HTTPStatus,
) -> HttpResponse:
    """What was typed, kept; after a conflict, over the version recorded now: sending again is knowing."""
    section = section_des_mesures(dossier)
    if section is None:
        raise PermissionDenied("mesures")
    if statut == HTTPStatus.CONFLICT:
        donnees = request.POST.copy()
        donnees["version"] = str(section.version)
        formulaire = MesuresForm(donnees, finess_ej=part.finess_ej, section=section)
    typees = mesures_du_membre(section, part, formulaire, conflit=statut == HTTPStatus.CONFLICT)
    return page_du_membre(request, dossier, parts, {part.finess_ej: typees}, statut)
