"""Where a sign-in leads when no page was asked for: the first page of the work that the roles give."""

from django.urls import reverse

from esms.comptes.acces import TypeUtilisateur, roles_actifs
from esms.comptes.models import Role

# The first line of which a role is held: whoever examines and administers starts with what waits.
PREMIERES: tuple[tuple[str, frozenset[Role]], ...] = (
    ("dossiers:liste", frozenset({Role.INSTRUCTEUR, Role.VALIDEUR, Role.JURY})),
    ("campagnes:liste", frozenset({Role.ADMINISTRATEUR})),
    ("conventions:liste", frozenset({Role.SIGNATAIRE, Role.GESTIONNAIRE})),
    ("dossiers:liste", frozenset(Role)),
)


def premiere_page(utilisateur: TypeUtilisateur) -> str:
    """Its address; the front page for who holds no role: the simulator is there."""
    roles = roles_actifs(utilisateur)
    return next((reverse(page) for page, tenus in PREMIERES if roles & tenus), reverse("accueil"))
