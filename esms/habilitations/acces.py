"""Who may give or end which role. Composed by the actions, under their lock, and by the screens."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from esms.comptes.acces import ars_de, organismes_de, rattachements_actifs
from esms.comptes.models import ROLES_ARS, ROLES_ORGANISME, Rattachement, Role, Utilisateur
from esms.habilitations.models import DemandeDeRattachement

# Days during which only the organism answers a claim, when it has somebody to; then its ARS may too.
DELAI_DE_L_ORGANISME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a role is held: an organism (FINESS EJ) or an ARS (region code), never both."""

    organisme: str = ""
    ars: str = ""

    @classmethod
    def de(cls, ligne: Rattachement) -> "Lieu":
        """The place of a right that is held."""
        return cls(ligne.organisme, ligne.ars)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that exist there, in the order of the forms."""
        return ROLES_ARS if self.ars else ROLES_ORGANISME

    @property
    def role_de_tete(self) -> Role:
        """Who gives and ends the roles there; somebody must always hold it."""
        return Role.ADMINISTRATEUR if self.ars else Role.PORTEUR

    @property
    def cle(self) -> str:
        """Its name in an address."""
        return f"ars-{self.ars}" if self.ars else f"og-{self.organisme}"


def dirige(utilisateur: Utilisateur, lieu: Lieu) -> bool:
    """Administers that ARS, or is titulaire of that organism: gives and ends the roles there only."""
    if lieu.ars:
        return lieu.ars in ars_de(utilisateur, (Role.ADMINISTRATEUR,))
    return lieu.organisme in organismes_de(utilisateur, (Role.PORTEUR,))


def surveille(utilisateur: Utilisateur, lieu: Lieu) -> bool:
    """Administers the ARS that has admitted somebody for that organism: may read and end the roles there."""
    ars = ars_de(utilisateur, (Role.ADMINISTRATEUR,)) if lieu.organisme else frozenset()
    if not ars:
        return False
    admises = DemandeDeRattachement.objects.filter(organisme=lieu.organisme, ars__in=ars, acceptee=True)
    return admises.exists()


def lieux_diriges(utilisateur: Utilisateur) -> tuple[Lieu, ...]:
    """Every place where the person gives the roles, ARS first; one query."""
    tetes = rattachements_actifs(utilisateur).filter(role__in=(Role.ADMINISTRATEUR, Role.PORTEUR))
    return tuple(
        Lieu(organisme, ars)
        for ars, organisme in sorted(set(tetes.values_list("ars", "organisme")), reverse=True)
    )


def a_un_titulaire(organisme: str) -> bool:
    """Somebody files for that organism today, and can answer for it."""
    return Rattachement.objects.actifs().filter(organisme=organisme, role=Role.PORTEUR).exists()


def peut_trancher(utilisateur: Utilisateur, demande: DemandeDeRattachement) -> bool:
    """Answers a claim that is not its own.

    A titulaire of the organism; an administrateur of its ARS when the organism has none, or has not answered
    within `DELAI_DE_L_ORGANISME`.
    """
    if demande.demandeur_id == utilisateur.pk:
        return False
    if dirige(utilisateur, Lieu(organisme=demande.organisme)):
        return True
    if not dirige(utilisateur, Lieu(ars=demande.ars)):
        return False
    tardive = timezone.now() - demande.demandee_le >= DELAI_DE_L_ORGANISME
    return tardive or not a_un_titulaire(demande.organisme)
