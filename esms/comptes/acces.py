"""Who holds which role, today. Predicates of the rooms above compose these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet

from esms.comptes.models import (
    ROLES_AGENT,
    ROLES_LECTURE,
    ROLES_NATIONAUX,
    ROLES_PORTEUR,
    Rattachement,
    Role,
)

TypeUtilisateur = AbstractBaseUser | AnonymousUser

_LUS = "_lieux_de_la_requete"


@dataclass(frozen=True, slots=True)
class Lieux:
    """What a person holds today: role → organisms (FINESS EJ) or ARS (region codes).

    The place of a national role is empty. Apart, the rights of a `membre` that are limited to one dossier.
    """

    par_role: Mapping[str, frozenset[str]]
    limites: frozenset[tuple[str, UUID]] = frozenset()

    def tient(self, role: str, lieu: str = "") -> bool:
        """Holds that role there."""
        return lieu in self.par_role.get(role, frozenset())

    @property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held, whatever the place; that of a `membre` limited to one dossier too."""
        return frozenset(self.par_role) | (frozenset({Role.MEMBRE.value}) if self.limites else frozenset())

    def de(self, roles: Iterable[str]) -> frozenset[str]:
        """Every place where one of `roles` is held."""
        return frozenset().union(*(self.par_role.get(role, frozenset()) for role in roles))

    @property
    def organismes(self) -> frozenset[str]:
        """Organisms whose dossiers the person reads and writes."""
        return self.de(ROLES_PORTEUR)

    @property
    def organismes_membres(self) -> frozenset[str]:
        """Organisms whose ESSMS the person answers for, in the grappes of others."""
        return self.de((Role.MEMBRE,))

    @property
    def ars(self) -> frozenset[str]:
        """ARS where the person is an agent, in any role."""
        return self.de(ROLES_AGENT)

    @property
    def regions_observees(self) -> frozenset[str]:
        """Regions whose filed dossiers the person only reads."""
        return self.de(ROLES_LECTURE)

    @property
    def partout(self) -> bool:
        """Reads what was filed in the whole country."""
        return any(self.tient(role) for role in ROLES_NATIONAUX)


def rattachements_actifs(utilisateur: TypeUtilisateur) -> QuerySet[Rattachement]:
    """Every role the user holds now; none for an anonymous or disabled account.

    Read again at each call: who gives or ends rights asks under its lock. Everything else asks `lieux_de`.
    """
    if not utilisateur.is_authenticated or not utilisateur.is_active:
        return Rattachement.objects.none()
    return Rattachement.objects.actifs().filter(utilisateur_id=utilisateur.pk).order_by("pk")


def roles_actifs(utilisateur: TypeUtilisateur) -> frozenset[str]:
    """Codes of the roles held now, whatever the organism or the ARS."""
    return lieux_de(utilisateur).roles


def ars_de(utilisateur: TypeUtilisateur, roles: Iterable[str]) -> frozenset[str]:
    """Region codes of the ARS where the user holds one of `roles` now."""
    actifs = rattachements_actifs(utilisateur).filter(role__in=list(roles))
    return frozenset(actifs.exclude(ars="").values_list("ars", flat=True))


def organismes_de(utilisateur: TypeUtilisateur, roles: Iterable[str] = ROLES_PORTEUR) -> frozenset[str]:
    """FINESS EJ of the organisms where the user holds one of `roles` now: those whose dossiers it writes."""
    actifs = rattachements_actifs(utilisateur).filter(role__in=list(roles))
    return frozenset(actifs.values_list("organisme", flat=True))


def lire_une_fois(utilisateur: TypeUtilisateur) -> None:
    """From here on, what `utilisateur` holds is read once: called with the user of one request only.

    Each request has an object of its own, gone with it: a right removed is gone at the next one.
    """
    setattr(utilisateur, _LUS, None)


def lieux_de(utilisateur: TypeUtilisateur) -> "Lieux":
    """Everything the user holds now, where; one query, and one for a whole request (`lire_une_fois`)."""
    connus: Lieux | None = getattr(utilisateur, _LUS, None)
    if connus is not None:
        return connus
    lieux = _lire_les_lieux(utilisateur)
    if hasattr(utilisateur, _LUS):
        setattr(utilisateur, _LUS, lieux)
    return lieux


def _lire_les_lieux(utilisateur: TypeUtilisateur) -> "Lieux":
    lieux: dict[str, set[str]] = {}
    limites: set[tuple[str, UUID]] = set()
    for role, organisme, ars, portee in rattachements_actifs(utilisateur).values_list(
        "role", "organisme", "ars", "portee"
    ):
        if portee is not None:
            limites.add((organisme, portee))
        else:
            lieux.setdefault(role, set()).add(organisme or ars)
    return Lieux({role: frozenset(valeurs) for role, valeurs in lieux.items()}, frozenset(limites))
