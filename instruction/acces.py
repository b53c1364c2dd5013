"""Who may do which gesture on which dossier. Seeing a dossier at all is `Dossier.objects.visibles_par`."""

from collections.abc import Mapping
from dataclasses import dataclass

from esms.comptes.acces import TypeUtilisateur, rattachements_actifs
from esms.comptes.models import ROLES_AGENT, ROLES_PORTEUR, Role
from instruction.etats import GESTES, Geste
from instruction.models import Dossier


@dataclass(frozen=True, slots=True)
class Droits:
    """What a person holds today, read in one query: role → organisms (FINESS EJ) or ARS (region codes)."""

    lieux: Mapping[str, frozenset[str]]

    def porte(self, dossier: Dossier) -> bool:
        """Acts for the organism that carries this dossier."""
        return dossier.organisme in self.organismes

    def detient(self, role: Role, dossier: Dossier) -> bool:
        """Holds `role` for the organism or the ARS of this dossier."""
        lieu = dossier.organisme if role in ROLES_PORTEUR else dossier.campagne.ars
        return lieu in self.lieux.get(role, frozenset())

    def permet(self, geste: Geste, dossier: Dossier) -> bool:
        """Holds one of the roles of this gesture here, whatever the state."""
        return any(self.detient(role, dossier) for role in geste.roles)

    def gestes(self, dossier: Dossier) -> frozenset[str]:
        """Names of the gestures that are both in these hands and open in this state: the buttons to show."""
        return frozenset(g.nom for g in GESTES if dossier.etat in g.sources and self.permet(g, dossier))

    def examine(self, dossier: Dossier) -> bool:
        """Is an agent, in any role, of the ARS that examines this dossier: reads all its examination."""
        return dossier.campagne.ars in self.ars

    @property
    def ars(self) -> frozenset[str]:
        """ARS where the person is an agent, in any role."""
        return frozenset().union(*(self.lieux.get(role, frozenset()) for role in ROLES_AGENT))

    @property
    def organismes(self) -> frozenset[str]:
        """Organisms for which the person files dossiers."""
        return frozenset().union(*(self.lieux.get(role, frozenset()) for role in ROLES_PORTEUR))


def droits_de(utilisateur: TypeUtilisateur) -> Droits:
    """Rights held now; nothing for an anonymous or disabled account."""
    lieux: dict[str, set[str]] = {}
    for rattachement in rattachements_actifs(utilisateur):
        lieux.setdefault(rattachement.role, set()).add(rattachement.organisme or rattachement.ars)
    return Droits({role: frozenset(valeurs) for role, valeurs in lieux.items()})
