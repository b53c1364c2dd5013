"""Who may do which gesture on which dossier. Seeing a dossier at all is `Dossier.objects.visibles_par`."""

from dataclasses import dataclass

from esms.comptes.acces import Lieux, TypeUtilisateur, lieux_de
from esms.comptes.models import ROLES_NATIONAUX, ROLES_ORGANISME, Role
from instruction.etats import GESTES, Geste
from instruction.models import Dossier


@dataclass(frozen=True, slots=True)
class Droits:
    """What a person holds today, read in one query, and what it opens on a dossier."""

    lieux: Lieux

    def porte(self, dossier: Dossier) -> bool:
        """Acts for the organism that carries this dossier."""
        return dossier.organisme in self.organismes

    def detient(self, role: Role, dossier: Dossier) -> bool:
        """Holds `role` for the organism or the ARS of this dossier; a national role, for any."""
        if role in ROLES_NATIONAUX:
            return self.lieux.tient(role)
        return self.lieux.tient(role, dossier.organisme if role in ROLES_ORGANISME else dossier.campagne.ars)

    def permet(self, geste: Geste, dossier: Dossier) -> bool:
        """Holds one of the roles of this gesture here, whatever the state."""
        return any(self.detient(role, dossier) for role in geste.roles)

    def gestes(self, dossier: Dossier) -> frozenset[str]:
        """Names of the gestures that are both in these hands and open in this state: the buttons to show."""
        return frozenset(g.nom for g in GESTES if dossier.etat in g.sources and self.permet(g, dossier))

    def examine(self, dossier: Dossier) -> bool:
        """Reads all its examination: an agent, in any role, of the ARS that examines it; an auditeur."""
        return dossier.campagne.ars in self.ars or self.lieux.tient(Role.AUDITEUR)

    def suit(self, dossier: Dossier) -> bool:
        """Reads its journal and the decisions: who examines it, and the agents of an ARS concerned (G3).

        Neither an observateur GRADeS nor an agent national, who read what was filed.
        """
        return self.examine(dossier) or (
            bool(self.ars) and dossier.grappe.essms.filter(region__in=self.ars).exists()
        )

    @property
    def ars(self) -> frozenset[str]:
        """ARS where the person is an agent, in any role."""
        return self.lieux.ars

    @property
    def regions_lues(self) -> frozenset[str]:
        """ARS and regions whose filed dossiers it reads."""
        return self.lieux.ars | self.lieux.regions_observees

    @property
    def lit_des_depots(self) -> bool:
        """Reads dossiers that others have filed: an agent, an observer, a national role."""
        return self.lieux.partout or bool(self.regions_lues)

    @property
    def organismes(self) -> frozenset[str]:
        """Organisms for which the person files dossiers."""
        return self.lieux.organismes


def droits_de(utilisateur: TypeUtilisateur) -> Droits:
    """Rights held now; nothing for an anonymous or disabled account."""
    return Droits(lieux_de(utilisateur))


def organismes_partages(utilisateur: TypeUtilisateur, dossier: Dossier) -> frozenset[str]:
    """Organisms, other than the porteur's, that the person answers for in this dossier (FINESS EJ)."""
    lieux = lieux_de(utilisateur)
    limites = {organisme for organisme, portee in lieux.limites if portee == dossier.pk}
    return (lieux.organismes_membres | lieux.organismes | limites) - {dossier.organisme}
