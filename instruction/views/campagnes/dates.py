"""Moving the dates of a campagne: by a form with a motive, or by one click after an incident."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esms.socle.dates import derniere_seconde
from grappes.models import Campagne
from grappes.requetes_campagnes import edition_de
from instruction.actions.campagne_dates import changer_les_dates, prolonger
from instruction.actions.garde import GesteRefuse
from instruction.forms.campagne import ChangementForm, ProlongationForm
from instruction.views.cadre import Demande
from instruction.views.campagnes.cadre import cadre, campagne_administree, geste_sur_campagne
from instruction.views.campagnes.fiche import page_de_la_campagne


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur_campagne
def dates(request: Demande, pk: int) -> HttpResponse:
    """Change the dates; what is refused comes back with every reason and what was typed."""
    campagne = campagne_administree(request, pk)
    donnees = request.POST if request.method == "POST" else None
    formulaire = ChangementForm(donnees, edition=edition_de(campagne), campagne=campagne)
    if donnees is not None and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        try:
            changer_les_dates(
                campagne=campagne,
                dates=formulaire.dates(),
                motif=saisie["motif"],
                version=saisie["version"],
                par=request.user,
            )
        except GesteRefuse as refuse:
            for phrase in refuse.phrases:
                formulaire.add_error(None, phrase)
        else:
            messages.success(request, "Les dates de la campagne sont changées.")
            return redirect("campagnes:fiche", pk)
    contexte = cadre(campagne, "Changer les dates", form=formulaire)
    return render(request, "campagnes/dates.html", contexte, status=400 if formulaire.errors else 200)


def _phrase(avant: Campagne, apres: Campagne) -> str:
    """What the click has moved; after a double click, where the window ends."""
    multi = apres.fermeture_multiregionale
    if multi is not None and multi != avant.fermeture_multiregionale and apres.fermeture == avant.fermeture:
        fin = f"les projets multirégionaux se déposent jusqu’au {derniere_seconde(multi, apres.fuseau)}"
    else:
        fin = f"elle ferme le {derniere_seconde(apres.fermeture, apres.fuseau)}"
    return f"La fenêtre est prolongée\u00a0: {fin}. Les porteurs sont prévenus."


@require_POST
@geste_sur_campagne
def prolonger_la_fenetre(request: Demande, pk: int) -> HttpResponse:
    """One click: the next closing moves to the end of the next working day, and the porteurs are told."""
    campagne = campagne_administree(request, pk)
    formulaire = ProlongationForm(request.POST, auto_id="prolongation_%s")
    if formulaire.is_valid():
        saisie = formulaire.cleaned_data
        try:
            actuelle = prolonger(
                campagne=campagne, motif=saisie["motif"], version=saisie["version"], par=request.user
            )
        except GesteRefuse as refuse:
            for phrase in refuse.phrases:
                formulaire.add_error(None, phrase)
        else:
            messages.success(request, _phrase(campagne, actuelle))
            return redirect("campagnes:fiche", pk)
    return page_de_la_campagne(request, campagne, 400, prolongation=formulaire)
