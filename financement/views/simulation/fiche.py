"""One ESSMS of the project."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from financement.composition import entree as gestes
from financement.etude import Etude
from financement.forms.simulation_essms import EssmsForm
from financement.views.simulation.atelier import Atelier, AtelierPublic
from financement.views.simulation.edition import traiter
from financement.views.simulation.publique import publique
from grappes.regles import FicheEssms
from grappes.requetes_organismes import noms_des_organismes


@publique("GET", "HEAD", "POST")
def fiche(request: HttpRequest, cle: str, finess_et: str) -> HttpResponse:
    """What the register says of it, and what only the porteur knows."""
    return ecran_de_la_fiche(AtelierPublic.ouvrir(request, cle), finess_et)


def ecran_de_la_fiche(atelier: Atelier, finess_et: str, suite: str = "essms") -> HttpResponse:
    """The same, wherever the composition lives; 404 for an ESSMS that is not in it."""
    essms = gestes.essms_de(atelier.etude.entree, finess_et)
    if essms is None:
        raise Http404
    connue = atelier.etude.referentiel.fiches.get(finess_et)
    dite = atelier.justifications().get(finess_et, "") if atelier.justifie else None
    form = EssmsForm(atelier.request.POST or None, essms=essms, fiche=connue, justification=dite)
    return traiter(
        atelier,
        form,
        lambda: gestes.modifier_essms(atelier.etude.entree, {finess_et}, form.changements()),
        suite=suite,
        contexte=lambda: (
            atelier.contexte(atelier.etude.nom(finess_et), "essms")
            | contexte_de_la_fiche(atelier.etude, finess_et)
        ),
        gabarit="financement/simulation/fiche.html",
    )


def contexte_de_la_fiche(etude: Etude, finess_et: str) -> dict[str, Any]:
    """What the register says of the ESSMS, and what it would receive."""
    connue = etude.referentiel.fiches.get(finess_et)
    lignes = etude.resultat.financement.lignes
    return {
        "finess_et": finess_et,
        "fiche": connue,
        "organisme": _organisme(connue),
        "saad": connue is None or bool(connue.saad),
        "lignes_essms": [ligne for ligne in lignes if ligne.portee == finess_et],
    }


def _organisme(fiche: FicheEssms | None) -> str:
    finess_ej = fiche.finess_ej if fiche else None
    return noms_des_organismes([finess_ej])[finess_ej] if finess_ej else "Inconnu"
