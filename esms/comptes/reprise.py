"""A form sent after the session ended: kept through the steps of the sign-in, then given back."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from esms.socle.saisie import Saisie

_CLE = "reprise"
# Characters kept for a visitor who is not signed in yet: three times the longest section, and no more.
ANONYME_MAX = 600_000


def reprise_envoyee(request: HttpRequest) -> tuple[Saisie | None, str]:
    """The form carried by the sign-in, and the address of this portal that it is for."""
    vers = request.POST.get("reprise_vers", "")
    sien = vers.startswith("/") and url_has_allowed_host_and_scheme(vers, allowed_hosts=None)
    return (Saisie.relire(request.POST.get("reprise", "")), vers) if sien else (None, "")


def garder(request: HttpRequest, saisie: Saisie, vers: str) -> None:
    """Keep it in the session until it is sent."""
    request.session[_CLE] = {"saisie": saisie.en_json(), "vers": vers}


def garder_l_envoyee(request: HttpRequest) -> None:
    """Keep the form that a sign-in carries, by whatever proof: password, passkey, ProConnect."""
    saisie, vers = reprise_envoyee(request)
    if saisie is not None and len(saisie.en_json()) <= ANONYME_MAX:
        garder(request, saisie, vers)


def reprise_en_attente(request: HttpRequest) -> tuple[Saisie, str] | None:
    """What is kept, and where it goes."""
    garde = request.session.get(_CLE)
    if not garde:
        return None
    saisie = Saisie.relire(garde["saisie"])
    return (saisie, garde["vers"]) if saisie else None


def page_du_formulaire(request: HttpRequest) -> str:
    """The page that held the form, when it is ours: its own address may only be posted to."""
    provenance = request.headers.get("Referer", "")
    racine = f"{request.scheme}://{request.get_host()}"
    return provenance.removeprefix(racine) if provenance.startswith(f"{racine}/") else "/"
