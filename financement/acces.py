"""Who may do what on a convention. Seeing one at all is `Convention.objects.visibles_par`."""

from esms.comptes.acces import TypeUtilisateur, lieux_de
from esms.comptes.models import Role
from financement.models import Convention
from grappes.models import Campagne


def peut_preparer(utilisateur: TypeUtilisateur, campagne: Campagne) -> bool:
    """Who pronounces the selection, or administers, in the ARS of that campagne."""
    return campagne.ars in lieux_de(utilisateur).de((Role.VALIDEUR, Role.ADMINISTRATEUR))


def peut_gerer(utilisateur: TypeUtilisateur, convention: Convention) -> bool:
    """Issues and exports: an administrator of the ARS of that convention."""
    return convention.campagne.ars in lieux_de(utilisateur).de((Role.ADMINISTRATEUR,))


def peut_signer(utilisateur: TypeUtilisateur, convention: Convention) -> bool:
    """Marks signed: a signataire of the ARS of that convention, or its administrator."""
    return convention.campagne.ars in lieux_de(utilisateur).de((Role.SIGNATAIRE, Role.ADMINISTRATEUR))


def peut_payer(utilisateur: TypeUtilisateur, convention: Convention) -> bool:
    """Records payments: who manages them in the ARS of that convention, or its administrator."""
    return convention.campagne.ars in lieux_de(utilisateur).de((Role.GESTIONNAIRE, Role.ADMINISTRATEUR))
