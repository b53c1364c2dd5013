"""One's own roles, what was offered to one, what one has asked for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from esms.comptes.models import ROLES_AGENT, ROLES_PORTEUR, Rattachement
from esms.habilitations.acces import Lieu
from esms.habilitations.requetes import (
    demandes_visibles_par,
    droits_de_la_personne,
    invitations_recues,
)
from grappes.views.droits.cadre import Demande, noms_des_lieux

DEMANDES_MONTREES = 20
_DEDANS = ROLES_PORTEUR + ROLES_AGENT


@require_safe
def mes_droits(request: Demande) -> HttpResponse:
    """Roles held, with who gave them and until when; the teams one reads; invitations and claims."""
    recues = invitations_recues(request.user).en_attente().filter(expire_le__gt=timezone.now())
    siennes = demandes_visibles_par(request.user).filter(demandeur=request.user)
    contexte = {
        "titre": "Rôles et accès",
        "droits": [
            (nom, {"ligne": droit, "lieu": Lieu.de(droit).cle if _a_une_equipe(droit) else ""})
            for nom, droit in noms_des_lieux(droits_de_la_personne(request.user))
        ],
        "invitations": recues.select_related("invitee_par"),
        "demandes": siennes[:DEMANDES_MONTREES],
    }
    return render(request, "droits/mes_droits.html", contexte)


def _a_une_equipe(droit: Rattachement) -> bool:
    """Works there, and may read who else does (`lit_equipe`)."""
    return droit.role in _DEDANS
