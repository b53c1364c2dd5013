"""Two tables to fill in for many ESSMS at once: hours of home help, equipment of the small organisms."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from financement.composition import entree as gestes
from financement.etude import Etude
from financement.forms.simulation_tables import EquipementTable, HeuresTable, TableForm
from financement.presentation.pages import paginer
from financement.views.simulation.atelier import Atelier, AtelierPublic
from financement.views.simulation.edition import traiter
from financement.views.simulation.publique import publique
from grappes.regles import Essms
from grappes.regles.petits import est_petit


@publique("GET", "HEAD", "POST")
def heures(request: HttpRequest, cle: str) -> HttpResponse:
    """Hours N-1 of the home-help services, fifty per page."""
    return ecran_des_heures(AtelierPublic.ouvrir(request, cle))


@publique("GET", "HEAD", "POST")
def equipement(request: HttpRequest, cle: str) -> HttpResponse:
    """Equipment of the ESSMS of small organisms, fifty per page."""
    return ecran_de_l_equipement(AtelierPublic.ouvrir(request, cle))


def ecran_des_heures(atelier: Atelier) -> HttpResponse:
    """The hours, wherever the composition lives."""
    return _ecran(atelier, "heures", "Heures d’aide à domicile", HeuresTable)


def ecran_de_l_equipement(atelier: Atelier) -> HttpResponse:
    """The equipment, wherever the composition lives."""
    return _ecran(atelier, "equipement", "Équipement des petits organismes", EquipementTable)


def _ecran(atelier: Atelier, page: str, titre: str, table: type[TableForm]) -> HttpResponse:
    if atelier.etude.vide:
        return redirect(atelier.adresse("ajouter"))
    lignes = paginer(concernes(atelier.etude, page), atelier.request.GET.get("page"), list)
    dits = [gestes.essms_de(atelier.etude.entree, essms.finess_et) or {} for essms in lignes]
    form = table(atelier.request.POST or None, essms=dits)

    def contexte() -> dict[str, Any]:
        return atelier.contexte(titre, page) | {"lignes": lignes}

    return traiter(
        atelier,
        form,
        lambda: gestes.modifier_chaque_essms(atelier.etude.entree, form.numeros, form.changements),
        suite=page,
        contexte=contexte,
        gabarit=f"financement/simulation/{page}.html",
    )


def concernes(etude: Etude, page: str) -> Sequence[Essms]:
    """ESSMS that a table is about: home help, or those whose organism is small, or may be."""
    projet = etude.resultat.projet
    if page == "heures":
        return [essms for essms in projet.essms if essms.saad]
    grands = {o.finess_ej for o in projet.gestionnaires if est_petit(o, etude.edition) is False}
    return [essms for essms in projet.essms if essms.finess_ej not in grands or essms.materiel is not None]
