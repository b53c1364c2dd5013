"""Who may open a call for projects."""

from esms.comptes.acces import TypeUtilisateur, lieux_de
from esms.comptes.models import Role


def peut_ouvrir_campagne(utilisateur: TypeUtilisateur, ars: str) -> bool:
    """An administrator of that ARS."""
    return ars in lieux_de(utilisateur).de((Role.ADMINISTRATEUR,))


def peut_tenir_le_catalogue(utilisateur: TypeUtilisateur) -> bool:
    """An administrator of any ARS: the catalogue of solutions is everybody's."""
    return bool(lieux_de(utilisateur).de((Role.ADMINISTRATEUR,)))
