"""One's notifications: one's own only."""

from django.db.models import QuerySet

from esms.comptes.acces import TypeUtilisateur
from esms.courriels.models import Notification

COMPTEES = 99  # beyond, the header says « 99+ »: nothing is gained in counting further


def notifications_de(utilisateur: TypeUtilisateur) -> QuerySet[Notification]:
    """Those of this person, the latest first."""
    siennes = Notification.objects.filter(utilisateur=utilisateur.pk)
    return siennes.select_related("courriel").order_by("-cree_le", "-pk")


def nombre_non_lues(utilisateur: TypeUtilisateur) -> int:
    """How many are not read, at most one more than `COMPTEES`; 0 for an anonymous visitor, at no cost."""
    if not utilisateur.is_authenticated:
        return 0
    non_lues = Notification.objects.filter(utilisateur_id=utilisateur.pk, lue_le__isnull=True)
    return non_lues.order_by()[: COMPTEES + 1].count()
