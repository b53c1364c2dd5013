"""An identity that waits, in the session, for the proof that its address is that of the same person."""

from dataclasses import replace

from django.http import HttpRequest

from esms.comptes.actions import lier_identite
from esms.comptes.models import Utilisateur
from esms.comptes.proconnect.identite import Identite

_CLE = "proconnect_en_attente"


def attendre(request: HttpRequest, identite: Identite) -> None:
    """Keep it until the proof."""
    request.session[_CLE] = identite.en_session()


def en_attente(request: HttpRequest) -> Identite | None:
    """The identity that waits."""
    return Identite.relire(request.session.get(_CLE))


def marquer_prouvee(request: HttpRequest) -> None:
    """The password or the code was right: the link is made once the sign-in is complete."""
    if (identite := en_attente(request)) is not None:
        attendre(request, replace(identite, prouve=True))


def lier_si_prouvee(request: HttpRequest, utilisateur: Utilisateur) -> None:
    """Link, when this very sign-in proved the account of the address that ProConnect gave."""
    identite = en_attente(request)
    if identite is None:
        return
    del request.session[_CLE]
    if identite.prouve and identite.courriel == utilisateur.courriel:
        lier_identite(sub=identite.sub, utilisateur=utilisateur, par=utilisateur)
