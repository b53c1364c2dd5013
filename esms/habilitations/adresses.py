"""Which addresses a person has proved to hold."""

from esms.comptes.models import Utilisateur


def adresses_verifiees(utilisateur: Utilisateur) -> frozenset[str]:
    """In lower case; none for a disabled account."""
    return frozenset({utilisateur.courriel}) if utilisateur.is_active else frozenset()
