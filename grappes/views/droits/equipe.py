"""Who does what for an organism or in an ARS."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from esms.habilitations.acces import Lieu, dirige, surveille
from esms.habilitations.requetes import (
    demandes_du_lieu,
    droits_du_lieu,
    droits_eteints,
    invitations_du_lieu,
    organismes_admis,
)
from grappes.views.droits.cadre import Demande, fil, lieu_lisible, nom_du_lieu

PAR_PAGE = 50


@require_safe
def equipe(request: Demande, lieu: str) -> HttpResponse:
    """Rights held, fifty a page; for who gives them, invitations, claims, and what is over."""
    ici = lieu_lisible(request, lieu)
    page = Paginator(droits_du_lieu(ici), PAR_PAGE).get_page(request.GET.get("page"))
    tient = dirige(request.user, ici)
    contexte = {
        "titre": nom_du_lieu(ici),
        "fil": fil(),
        "lieu": ici,
        "page": page,
        "parametres": "",
        "dirige": tient,
        "ouvre": tient or surveille(request.user, ici),
        **(_suites(ici) if tient else {"invitations": (), "demandes": (), "eteints": (), "admis": ()}),
    }
    return render(request, "droits/equipe.html", contexte)


def _suites(ici: Lieu) -> dict[str, Any]:
    return {
        "invitations": invitations_du_lieu(ici),
        "demandes": demandes_du_lieu(ici),
        "eteints": droits_eteints(ici),
        "admis": organismes_admis(ici) if ici.ars else (),
    }
