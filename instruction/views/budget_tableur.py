"""The expenses of a draft as a spreadsheet: downloaded, filled in elsewhere, sent back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from esms.socle.erreurs import conflit
from esms.socle.tableurs import TableurRefuse, lire
from instruction import etats
from instruction.actions.garde import VersionDepassee, exiger
from instruction.actions.section import enregistrer_section
from instruction.documents.budget_tableur import ecrire_depenses, lire_depenses
from instruction.models import Dossier
from instruction.regles.candidature import budget
from instruction.regles.candidature.budget_manques import annees_de
from instruction.requetes import Examen
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.sections import section_nommee

CLE = "budget"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EnvoiForm(forms.Form):
    """The file, and the version of the section it replaces."""

    fichier = forms.FileField(allow_empty_file=True)
    version = forms.IntegerField(min_value=0)

    def envoi(self) -> tuple[UploadedFile, int]:
        """Both, or TableurRefuse when no file was chosen."""
        if not self.is_valid():
            raise TableurRefuse("Choisissez un fichier XLSX, ODS ou CSV.")
        return self.cleaned_data["fichier"], self.cleaned_data["version"]


@require_http_methods(["GET", "HEAD", "POST"])
@geste_sur
def budget_tableur(request: Demande, pk: UUID) -> HttpResponse:
    """GET: the expenses in XLSX. POST: those of the file replace them; the rest of the section stays."""
    dossier = dossier_visible(request, pk)
    exiger(etats.MODIFIER, dossier, request.user)
    examen = Examen(dossier, timezone.now())
    section_nommee(CLE, examen.edition)
    if request.method == "POST":
        return _reprendre(request, dossier, examen)
    lu = budget.lire(examen.section(CLE).contenu, annees_de(examen.contexte))
    reponse = HttpResponse(ecrire_depenses(lu.depenses), content_type=XLSX)
    reponse.headers["Content-Disposition"] = 'attachment; filename="budget.xlsx"'
    return reponse


def _reprendre(request: Demande, dossier: Dossier, examen: Examen) -> HttpResponse:
    retour = reverse("dossiers:section", args=[dossier.pk, CLE])
    formulaire = EnvoiForm(request.POST, request.FILES)
    try:
        fichier, version = formulaire.envoi()
        depenses, remarques = lire_depenses(lire(fichier.name or "", fichier.read()))
        contenu = {**examen.section(CLE).contenu, "depenses": depenses}
        enregistrer_section(dossier=dossier, cle=CLE, contenu=contenu, version=version, par=request.user)
    except TableurRefuse as refus:
        messages.error(request, f"{refus} Rien n’est remplacé.")
        return redirect(retour)
    except VersionDepassee:
        phrase = "Le budget a changé depuis que vous avez ouvert la page\u00a0: rien n’est remplacé."
        return conflit(request, phrase, retour)
    pluriel = "s" if len(depenses) > 1 else ""
    messages.success(request, f"{len(depenses)} dépense{pluriel} reprise{pluriel} du tableau. Vérifiez-les.")
    for remarque in remarques:
        messages.warning(request, remarque)
    return redirect(retour)
