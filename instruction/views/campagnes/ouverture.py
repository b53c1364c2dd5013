"""Opening a call for projects, its published dates proposed."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from esms import aap
from esms.aap import Edition
from grappes.acces import peut_ouvrir_campagne
from grappes.actions.campagne import ouvrir_campagne
from grappes.actions.campagne_reglages import fixer_l_enveloppe
from grappes.models import Campagne
from instruction.forms.campagne import OuvertureForm
from instruction.views.cadre import Demande


@require_http_methods(["GET", "HEAD", "POST"])
def ouvrir(request: Demande, edition: str) -> HttpResponse:
    """403 for who does not administer that ARS; opened twice, the page of the campagne."""
    publiee = _edition(edition)
    if not peut_ouvrir_campagne(request.user, publiee.region):
        raise PermissionDenied("campagne")
    ouverte = Campagne.objects.filter(edition=publiee.slug, ars=publiee.region).first()
    if ouverte is not None:
        return redirect("campagnes:fiche", ouverte.pk)
    formulaire = OuvertureForm(request.POST if request.method == "POST" else None, edition=publiee)
    if request.method == "POST" and formulaire.is_valid():
        campagne = _ouvrir(request, publiee, formulaire)
        if campagne is not None:
            messages.success(request, f"La campagne {campagne.sigle} est ouverte.")
            return redirect("campagnes:fiche", campagne.pk)
    contexte = {
        "titre": f"Ouvrir\u00a0: {publiee.titre}",
        "fil": [("Campagnes", reverse("campagnes:liste"))],
        "edition": publiee,
        "form": formulaire,
    }
    return render(request, "campagnes/ouverture.html", contexte, status=400 if formulaire.errors else 200)


def _edition(slug: str) -> Edition:
    try:
        return aap.edition(slug)
    except aap.EditionInconnue as inconnue:
        raise Http404(slug) from inconnue


def _ouvrir(request: Demande, publiee: Edition, formulaire: OuvertureForm) -> Campagne | None:
    """Open it with its envelope, or put the refusal on the form; all or nothing."""
    saisie, dates = formulaire.cleaned_data, formulaire.dates()
    try:
        with transaction.atomic():
            campagne = ouvrir_campagne(
                edition=publiee.slug,
                ars=publiee.region,
                service=saisie["service"],
                courriel=saisie["courriel"],
                par=request.user,
                ouverture=dates.ouverture,
                fermeture=dates.fermeture,
                fermeture_multiregionale=dates.fermeture_multiregionale,
                recevabilite=dates.recevabilite,
                motif=saisie["motif"],
            )
            if saisie["enveloppe"]:
                montant = Decimal(saisie["enveloppe"])
                campagne = fixer_l_enveloppe(campagne=campagne, montant=montant, par=request.user)
    except ValidationError as refus:
        for phrase in refus.messages:
            formulaire.add_error(None, phrase)
        return None
    return campagne
