"""Asking the représentant légal to vouch for a draft, and vouching for it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from esms.comptes.models import Role
from esms.habilitations.actions.gardes import HabilitationRefusee
from esms.habilitations.actions.invitation import inviter
from instruction import etats
from instruction.actions.certification import certifier, demander_certification
from instruction.actions.garde import GesteRefuse, exiger
from instruction.views.cadre import Demande, dossier_visible, geste_sur

SANS_CASE = "Cochez la case\u00a0: la certification est un acte du représentant légal."


@require_POST
@geste_sur
def certifier_dossier(request: Demande, pk: UUID) -> HttpResponse:
    """Vouch for the draft without filing it: whoever may file is told."""
    dossier = dossier_visible(request, pk)
    exiger(etats.CERTIFIER, dossier, request.user)
    if request.POST.get("certifie") != "oui":
        raise GesteRefuse(SANS_CASE)
    certifier(dossier=dossier, par=request.user)
    messages.success(request, "Le dossier est certifié. Il reste à le déposer.")
    return redirect("dossiers:relecture", pk)


@require_POST
@geste_sur
def demander(request: Demande, pk: UUID) -> HttpResponse:
    """Write to the représentants légaux that the draft waits for them."""
    nombre = demander_certification(dossier=dossier_visible(request, pk), par=request.user)
    parti = (
        "Le représentant légal est averti" if nombre == 1 else f"{nombre} représentants légaux sont avertis"
    )
    messages.success(request, f"{parti}, par courriel et dans le portail.")
    return redirect("dossiers:relecture", pk)


@require_POST
@geste_sur
def inviter_le_representant(request: Demande, pk: UUID) -> HttpResponse:
    """Invite somebody to be représentant légal of the organism; it then lands on the check page."""
    dossier = dossier_visible(request, pk)
    exiger(etats.DEPOSER, dossier, request.user)
    try:
        inviter(
            courriel=request.POST.get("courriel", ""),
            role=Role.REPRESENTANT,
            organisme=dossier.organisme,
            lieu=dossier.nom_porteur,
            lien_apres=reverse("dossiers:relecture", args=[pk]),
            par=request.user,
        )
    except ValidationError as invalide:
        raise GesteRefuse(*invalide.messages) from invalide
    except HabilitationRefusee as refusee:
        raise GesteRefuse(str(refusee)) from refusee
    messages.success(request, "L’invitation est partie. Elle vaut sept jours.")
    return redirect("dossiers:relecture", pk)
