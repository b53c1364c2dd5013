"""What every screen of a campagne shares: the row one may see, who may change it, what a refusal answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from esms.socle.erreurs import conflit
from grappes.acces import peut_ouvrir_campagne
from grappes.models import Campagne
from instruction.actions.garde import EtatDepasse
from instruction.requetes_campagnes import campagnes_visibles
from instruction.views.cadre import Demande

Vue = Callable[..., HttpResponse]


def campagne_visible(request: Demande, pk: int) -> Campagne:
    """The campagne, if this person is an agent of its ARS; 404 otherwise."""
    return get_object_or_404(campagnes_visibles(request.user), pk=pk)


def campagne_administree(request: Demande, pk: int) -> Campagne:
    """The same for who changes it; 403 for the other agents."""
    campagne = campagne_visible(request, pk)
    if not peut_ouvrir_campagne(request.user, campagne.ars):
        raise PermissionDenied("campagne")
    return campagne


def geste_sur_campagne(vue: Vue) -> Vue:
    """Dates moved meanwhile are a 409 that says who moved them."""

    @wraps(vue)
    def protegee(request: Demande, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return vue(request, pk, *args, **kwargs)
        except EtatDepasse as depasse:
            return conflit(request, str(depasse), reverse("campagnes:fiche", args=[pk]))

    return protegee


def cadre(campagne: Campagne, titre: str, **contexte: Any) -> dict[str, Any]:
    """Context of a page under the campagne's own."""
    fil = [("Campagnes", reverse("campagnes:liste"))]
    if titre != campagne.titre:
        fil.append((campagne.titre, reverse("campagnes:fiche", args=[campagne.pk])))
    return {"titre": titre, "fil": fil, "campagne": campagne, **contexte}
