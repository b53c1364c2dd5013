"""Having read one's notifications. The journal keeps what was decided, not who opened what."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.courriels.models import Notification


@transaction.atomic
def marquer_lue(*, notification: Notification, par: Utilisateur) -> None:
    """Read from now; the instant of the first reading stays. Changes nothing for somebody else's."""
    _marquer(Notification.objects.filter(pk=notification.pk, utilisateur=par))


@transaction.atomic
def marquer_tout_lu(*, par: Utilisateur) -> int:
    """Everything received until now is read: how many were not."""
    return _marquer(Notification.objects.filter(utilisateur=par))


def _marquer(notifications: QuerySet[Notification]) -> int:
    return notifications.filter(lue_le__isnull=True).update(lue_le=timezone.now())
