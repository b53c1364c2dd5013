"""Which addresses a person has proved to hold."""

from allauth.account.models import EmailAddress
from django.db.models.functions import Lower

from esms.comptes.models import Utilisateur


def adresses_verifiees(utilisateur: Utilisateur) -> frozenset[str]:
    """Those that answered a code, or that who opened the account answers for, in lower case.

    None for a disabled account. An address only typed, even the account's own, is not one.
    """
    if not utilisateur.is_active:
        return frozenset()
    verifiees = EmailAddress.objects.filter(user_id=utilisateur.pk, verified=True).order_by("pk")
    return frozenset(verifiees.values_list(Lower("email"), flat=True))
