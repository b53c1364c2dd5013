"""One ESSMS of the project."""

from django.http import Http404, HttpRequest, HttpResponse

from financement.composition import entree as gestes
from financement.etude import noms_des_organismes
from financement.forms.simulation_essms import EssmsForm
from financement.views.simulation.edition import traiter
from financement.views.simulation.lecture import contexte_de, etude_ou_404
from financement.views.simulation.publique import publique
from grappes.regles import FicheEssms


@publique("GET", "HEAD", "POST")
def fiche(request: HttpRequest, cle: str, finess_et: str) -> HttpResponse:
    """What the register says of it, and what only the porteur knows."""
    etude = etude_ou_404(cle)
    essms = gestes.essms_de(etude.entree, finess_et)
    if essms is None:
        raise Http404
    connue = etude.referentiel.fiches.get(finess_et)
    form = EssmsForm(request.POST or None, essms=essms, fiche=connue)
    contexte = contexte_de(request, etude, etude.nom(finess_et), "essms") | {
        "finess_et": finess_et,
        "fiche": connue,
        "organisme": _organisme(connue),
        "saad": connue is None or bool(connue.saad),
        "lignes_essms": [ligne for ligne in etude.resultat.financement.lignes if ligne.portee == finess_et],
    }
    return traiter(
        request,
        etude,
        form,
        lambda: gestes.modifier_essms(etude.entree, {finess_et}, form.changements()),
        suite="simulation:essms",
        contexte=contexte,
        gabarit="financement/simulation/fiche.html",
    )


def _organisme(fiche: FicheEssms | None) -> str:
    finess_ej = fiche.finess_ej if fiche else None
    return noms_des_organismes([finess_ej])[finess_ej] if finess_ej else "Inconnu"
