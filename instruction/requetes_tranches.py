"""A slice of the outbox, found from an e-mail rather than by its number.

E-mails written meanwhile shift nothing, and an old slice is reached without reading those before it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from esms.courriels.models import Courriel

CHIFFRES = 18  # of a key that PostgreSQL can hold


@dataclass(frozen=True, slots=True)
class Tranche:
    """E-mails in a row, the latest first.

    `avant`: key of the one to start from for older ones, `apres` for more recent ones; empty at an end.
    """

    courriels: list[Courriel]
    avant: str = ""
    apres: str = ""

    @property
    def entiere(self) -> bool:
        """Holds the whole list."""
        return not (self.avant or self.apres)


def tranche(courriels: QuerySet[Courriel], taille: int, *, avant: str, apres: str) -> Tranche:
    """At most `taille` e-mails: older than that of key `avant`, or just more recent than that of `apres`.

    The latest ones without a landmark, or when it leads nowhere: an old link still opens the list.
    `courriels` come the latest first.
    """
    if repere := _place(apres):
        proches = list(courriels.filter(_plus_recents(*repere)).order_by("cree_le", "pk")[: taille + 1])
        if len(proches) > taille:
            montres = proches[taille - 1 :: -1]
            return Tranche(montres, avant=str(montres[-1].pk), apres=str(montres[0].pk))
    elif repere := _place(avant):
        anciens = list(courriels.filter(_plus_anciens(*repere))[: taille + 1])
        if anciens:
            return Tranche(anciens[:taille], avant=_suivant(anciens, taille), apres=str(anciens[0].pk))
    recents = list(courriels[: taille + 1])
    return Tranche(recents[:taille], avant=_suivant(recents, taille))


def _suivant(lus: list[Courriel], taille: int) -> str:
    return str(lus[taille - 1].pk) if len(lus) > taille else ""


def _place(cle: str) -> tuple[datetime, int] | None:
    """Where the e-mail of this key stands, whoever reads it: nothing else of it is read."""
    if not (cle.isascii() and cle.isdecimal() and len(cle) <= CHIFFRES):
        return None
    return Courriel.objects.filter(pk=int(cle)).values_list("cree_le", "pk").first()


def _plus_anciens(instant: datetime, pk: int) -> Q:
    """Written so that PostgreSQL starts in the index at `instant`."""
    return Q(cree_le__lte=instant) & (Q(cree_le__lt=instant) | Q(pk__lt=pk))


def _plus_recents(instant: datetime, pk: int) -> Q:
    return Q(cree_le__gte=instant) & (Q(cree_le__gt=instant) | Q(pk__gt=pk))
