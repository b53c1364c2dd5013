"""Who holds which role, today. Predicates of the rooms above compose these."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from esms.comptes.models import ROLES_PORTEUR, Rattachement

TypeUtilisateur = AbstractBaseUser | AnonymousUser


def rattachements_actifs(utilisateur: TypeUtilisateur) -> QuerySet[Rattachement]:
    """Every role the user holds now; none for an anonymous or disabled account.

    Read at each request: a right removed is gone at once.
    """
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return Rattachement.objects.none()
    aujourdhui = timezone.localdate()
    return Rattachement.objects.filter(
        Q(fin__isnull=True) | Q(fin__gte=aujourdhui), utilisateur_id=utilisateur.pk, debut__lte=aujourdhui
    ).order_by("pk")


def roles_actifs(utilisateur: TypeUtilisateur) -> frozenset[str]:
    """Codes of the roles held now, whatever the organism or the ARS."""
    return frozenset(rattachements_actifs(utilisateur).values_list("role", flat=True))


def ars_de(utilisateur: TypeUtilisateur, roles: Iterable[str]) -> frozenset[str]:
    """Region codes of the ARS where the user holds one of `roles` now."""
    actifs = rattachements_actifs(utilisateur).filter(role__in=list(roles))
    return frozenset(actifs.exclude(ars="").values_list("ars", flat=True))


def organismes_de(utilisateur: TypeUtilisateur) -> frozenset[str]:
    """FINESS EJ of the organisms for which the user may act as porteur now."""
    return frozenset(
        rattachements_actifs(utilisateur).filter(role__in=ROLES_PORTEUR).values_list("organisme", flat=True)
    )


def lieux_de(utilisateur: TypeUtilisateur) -> tuple[frozenset[str], frozenset[str]]:
    """Organisms (FINESS EJ) as a porteur, ARS (region codes) as an agent in any role: one query."""
    lieux = list(rattachements_actifs(utilisateur).values_list("organisme", "ars"))
    return frozenset(o for o, _ in lieux if o), frozenset(a for _, a in lieux if a)
