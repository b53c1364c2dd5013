"""The screens of the simulator, on the grappe of a draft. What each does reads in financement."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from financement.views.simulation.ajout import ecran_d_ajout
from financement.views.simulation.essms import ecran_des_essms
from financement.views.simulation.fiche import ecran_de_la_fiche
from financement.views.simulation.organismes import ecran_des_organismes
from financement.views.simulation.projet import ecran_du_projet
from financement.views.simulation.tables import ecran_de_l_equipement, ecran_des_heures
from instruction.views.cadre import Demande, dossier_visible, geste_sur
from instruction.views.grappe_atelier import AtelierDossier

METHODES = ["GET", "HEAD", "POST"]


@require_http_methods(METHODES)
@geste_sur
def essms(request: Demande, pk: UUID) -> HttpResponse:
    """The ESSMS of the grappe, and gestures on several of them."""
    return ecran_des_essms(_atelier(request, pk))


@require_http_methods(METHODES)
@geste_sur
def ajouter(request: Demande, pk: UUID) -> HttpResponse:
    """Adding by search, pasted numbers, spreadsheet or whole organism."""
    return ecran_d_ajout(_atelier(request, pk))


@require_http_methods(METHODES)
@geste_sur
def fiche(request: Demande, pk: UUID, finess_et: str) -> HttpResponse:
    """One ESSMS and its answers."""
    return ecran_de_la_fiche(_atelier(request, pk), finess_et)


@require_http_methods(METHODES)
@geste_sur
def organismes(request: Demande, pk: UUID) -> HttpResponse:
    """ESSMS that each organism manages in all, national entity."""
    return ecran_des_organismes(_atelier(request, pk))


@require_http_methods(METHODES)
@geste_sur
def heures(request: Demande, pk: UUID) -> HttpResponse:
    """Hours of the home-help services."""
    return ecran_des_heures(_atelier(request, pk))


@require_http_methods(METHODES)
@geste_sur
def equipement(request: Demande, pk: UUID) -> HttpResponse:
    """Equipment of the small organisms."""
    return ecran_de_l_equipement(_atelier(request, pk))


@require_http_methods(METHODES)
@geste_sur
def amoa(request: Demande, pk: UUID) -> HttpResponse:
    """Help to the project owner (F5a, F5b) and its quotes."""
    return ecran_du_projet(
        _atelier(request, pk),
        titre="Assistance à maîtrise d’ouvrage",
        groupes=("Assistance à maîtrise d’ouvrage",),
        suite="amoa",
        page="amoa",
    )


@require_http_methods(METHODES)
@geste_sur
def projet(request: Demande, pk: UUID) -> HttpResponse:
    """What the engine reads of the whole project: regime of the porteur, G3, E4."""
    return ecran_du_projet(
        _atelier(request, pk),
        titre="Porteur, guichet et regroupement",
        groupes=("Porteur", "Dépôt", "Regroupement rejoint"),
        suite="projet",
        sans=("depose_le",),
    )


def _atelier(request: Demande, pk: UUID) -> AtelierDossier:
    return AtelierDossier(request, dossier_visible(request, pk))
