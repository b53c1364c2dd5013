"""Forgetting the e-mails of what no longer exists, and their copies in the portal."""

from django.db import transaction

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel, Notification


@transaction.atomic
def oublier(*, chaine: str, par: Utilisateur | None) -> int:
    """Erase those of that chain of the journal: how many e-mails. The gesture that wants it is journaled."""
    Notification.objects.filter(courriel__chaine=chaine).delete()
    nombre, _ = Courriel.objects.filter(chaine=chaine).delete()
    return nombre
