"""A draft without a simulation: the campagne and the organism, then its ESSMS as the register knows them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from grappes.models import Campagne
from grappes.requetes import essms_de_l_og
from grappes.requetes_campagnes import campagnes_ouvertes
from instruction.acces import droits_de
from instruction.actions.creation import BrouillonExistant, creer_sans_simulation
from instruction.actions.garde import GesteRefuse
from instruction.etats import Etat
from instruction.forms.creation import CREE, ChoixForm, CompositionForm
from instruction.models import Dossier


def creer_directement(request: HttpRequest) -> HttpResponse:
    """Choose, then tick. With one campagne and one organism, there is nothing to choose."""
    campagnes, organismes = campagnes_ouvertes(timezone.now()), droits_de(request.user).organismes
    donnees = request.POST if request.method == "POST" else request.GET
    if len(campagnes) == len(organismes) == 1 and "campagne" not in donnees:
        return _composer(request, campagnes, organismes, campagnes[0], next(iter(organismes)))
    choix = ChoixForm(donnees if "campagne" in donnees else None, campagnes=campagnes, organismes=organismes)
    if not choix.is_valid():
        contexte = {"titre": "Créer un dossier", "form": choix}
        statut = 400 if choix.errors else 200
        return render(request, "instruction/creation_choix.html", contexte, status=statut)
    choisis = choix.cleaned_data
    return _composer(request, campagnes, organismes, choisis["campagne"], choisis["organisme"])


def _composer(
    request: HttpRequest,
    campagnes: Sequence[Campagne],
    organismes: frozenset[str],
    campagne: Campagne,
    organisme: str,
) -> HttpResponse:
    formulaire = CompositionForm(
        request.POST if "identifiant" in request.POST else None,
        initial={"campagne": campagne, "organisme": organisme},
        campagnes=campagnes,
        organismes=organismes,
        etablissements=list(essms_de_l_og(organisme)),
    )
    if formulaire.is_bound and formulaire.is_valid():
        try:
            dossier = creer_sans_simulation(par=request.user, **formulaire.cleaned_data)  # type: ignore[arg-type]
        except GesteRefuse as refus:
            champ = "autre" if isinstance(refus, BrouillonExistant) else None
            formulaire.add_error(champ, list(refus.phrases))
        else:
            messages.success(request, CREE)
            return redirect("dossiers:dossier", dossier.pk)
    brouillons = Dossier.objects.filter(etat=Etat.BROUILLON, organisme=organisme, campagne=campagne)
    contexte = {
        "titre": "Créer un dossier",
        "form": formulaire,
        "campagne": campagne,
        "nom_organisme": dict(formulaire.fields["organisme"].choices)[organisme],  # type: ignore[attr-defined]
        "brouillons": brouillons.select_related("campagne").order_by("-cree_le", "pk")[:10],
    }
    statut = 400 if formulaire.errors else 200
    return render(request, "instruction/creation_directe.html", contexte, status=statut)
