"""Who vouches for a dossier, and who files it."""

from collections.abc import Iterable

from esms.comptes.models import Rattachement, Role, Utilisateur
from instruction.etats import DEPOSANTS
from instruction.models import Dossier


def representants(dossier: Dossier) -> list[Utilisateur]:
    """The représentants légaux of its organism, today."""
    return _tenants(dossier, (Role.REPRESENTANT,))


def deposants(dossier: Dossier) -> list[Utilisateur]:
    """Whoever may file it, today."""
    return _tenants(dossier, DEPOSANTS)


def _tenants(dossier: Dossier, roles: Iterable[Role]) -> list[Utilisateur]:
    tenants = Utilisateur.objects.filter(
        pk__in=Rattachement.objects.actifs()
        .filter(role__in=list(roles), organisme=dossier.organisme)
        .values("utilisateur"),
        is_active=True,
    )
    return list(tenants.order_by("courriel"))
