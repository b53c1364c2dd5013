"""Section « Porteur et contacts » of a draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from instruction import etats
from instruction.actions.candidature import enregistrer_fiche
from instruction.actions.garde import VersionDepassee, exiger
from instruction.forms.candidature import FicheForm
from instruction.models import Dossier, FicheSynthese
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Porteur et contacts"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def synthese(request: Demande, pk: UUID) -> HttpResponse:
    """Read or save the fiche de synthèse (E21); saved incomplete as well."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    fiche = FicheSynthese.objects.select_related("modifiee_par").get(dossier=dossier)
    formulaire = FicheForm(request.POST if request.method == "POST" else None, instance=fiche)
    if request.method == "POST" and formulaire.is_valid():
        version = formulaire.cleaned_data["version"]
        try:
            enregistrer_fiche(
                dossier=dossier, valeurs=formulaire.valeurs(), version=version, par=request.user
            )
        except VersionDepassee:
            return _conflit(request, dossier, formulaire)
        messages.success(request, "La section est enregistrée. Le dossier n’est pas encore déposé.")
        return redirect("dossiers:dossier", pk)
    contexte = cadre(request, dossier, TITRE, form=formulaire, enregistree=None)
    return render(request, "instruction/synthese.html", contexte, status=400 if formulaire.errors else 200)


def _conflit(request: Demande, dossier: Dossier, formulaire: FicheForm) -> HttpResponse:
    """409: what was typed stays in the form, what is recorded is shown beside; sending again replaces it."""
    enregistree = FicheSynthese.objects.select_related("modifiee_par").get(dossier=dossier)
    formulaire.data = {**dict(formulaire.data.items()), "version": str(enregistree.version)}
    paires = [(formulaire[champ].label, valeur) for champ, valeur in enregistree.valeurs().items()]
    contexte = cadre(request, dossier, TITRE, form=formulaire, enregistree=enregistree, paires=paires)
    return render(request, "instruction/synthese.html", contexte, status=409)
