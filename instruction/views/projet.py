"""Section « Projet » of a draft: one text per criterion of the grid."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grappes.requetes_campagnes import edition_de
from instruction import etats
from instruction.actions.candidature import enregistrer_textes
from instruction.actions.garde import VersionDepassee, exiger
from instruction.forms.candidature import TEXTE_MAX, TextesForm
from instruction.models import Dossier, Texte
from instruction.views.cadre import Demande, cadre, dossier_visible, geste_sur

TITRE = "Projet"


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def projet(request: Demande, pk: UUID) -> HttpResponse:
    """Read or save the texts; saved incomplete as well."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    formulaire = _formulaire(dossier, request)
    if request.method == "POST" and formulaire.is_valid():
        try:
            enregistrer_textes(dossier=dossier, saisies=formulaire.saisies(), par=request.user)
        except VersionDepassee:
            return _conflit(request, dossier, formulaire)
        messages.success(request, "Vos textes sont enregistrés. Le dossier n’est pas encore déposé.")
        return redirect("dossiers:dossier", pk)
    contexte = cadre(request, dossier, TITRE, form=formulaire, limite=TEXTE_MAX, enregistres=None)
    return render(request, "instruction/projet.html", contexte, status=400 if formulaire.errors else 200)


def _textes(dossier: Dossier) -> dict[str, Texte]:
    return {texte.critere: texte for texte in dossier.textes.select_related("modifie_par")}


def _formulaire(dossier: Dossier, request: Demande) -> TextesForm:
    criteres = edition_de(dossier.campagne).grille.criteres
    donnees = request.POST if request.method == "POST" else None
    return TextesForm(donnees, criteres=criteres, textes=_textes(dossier))


def _conflit(request: Demande, dossier: Dossier, formulaire: TextesForm) -> HttpResponse:
    """409: what was typed stays in the form; what was recorded meanwhile is shown.

    Sending again replaces it.
    """
    textes, saisies = _textes(dossier), formulaire.saisies()
    depasses = {
        cle: textes[cle]
        for cle, (contenu, version) in saisies.items()
        if textes[cle].version != version and textes[cle].contenu != contenu
    }
    versions = {f"version_{cle}": str(texte.version) for cle, texte in textes.items()}
    formulaire.data = {**dict(formulaire.data.items()), **versions}
    enregistres = [(c.libelle, depasses[c.cle]) for c in formulaire.criteres if c.cle in depasses]
    contexte = cadre(request, dossier, TITRE, form=formulaire, limite=TEXTE_MAX, enregistres=enregistres)
    return render(request, "instruction/projet.html", contexte, status=409)
