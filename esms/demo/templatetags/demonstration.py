"""Who can sign in to the demonstration, and how; nothing where it is not open (settings.ESMS_DEMO)."""

from typing import Any

from django import template
from django.conf import settings

from esms.comptes.models import Utilisateur
from esms.demo import comptes

register = template.Library()


@register.inclusion_tag("demo/comptes.html")
def comptes_de_demonstration() -> dict[str, Any]:
    """Every account that was loaded, its role and the code that it would be asked for now."""
    return _presents(agents=False)


@register.inclusion_tag("demo/comptes.html")
def codes_de_demonstration() -> dict[str, Any]:
    """The same, for the agents alone: the page that asks for a code."""
    return _presents(agents=True)


def _presents(*, agents: bool) -> dict[str, Any]:
    if not settings.ESMS_DEMO:
        return {"comptes": [], "mot_de_passe": ""}
    adresses = [compte.courriel for compte in comptes.comptes()]
    charges = set(Utilisateur.objects.filter(courriel__in=adresses).values_list("courriel", flat=True))
    lignes = [
        {"courriel": c.courriel, "role": c.role, "nom": c.nom, "code": c.code_actuel()}
        for c in comptes.comptes()
        if c.courriel in charges and (c.avec_code or not agents)
    ]
    return {"comptes": lignes, "mot_de_passe": comptes.mot_de_passe()}
