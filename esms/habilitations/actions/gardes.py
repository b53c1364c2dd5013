"""What every gesture on rights checks first: the place locked, the right to give held now."""

from django.core.exceptions import PermissionDenied
from django.db import connection

from esms.comptes.models import Rattachement, Utilisateur
from esms.habilitations.acces import Lieu, dirige
from esms.journal.actions import inscrire


class HabilitationRefusee(Exception):
    """What was asked cannot be done; the message says why, in French."""


class HabilitationDepassee(Exception):
    """Somebody acted meanwhile (409); the message says what, in French."""


def verrouiller_lieu(lieu: Lieu) -> None:
    """One gesture on rights at a time for an organism or an ARS, until the end of the transaction.

    An advisory lock, and not one on rows: who gives rights may have none of the rows that another adds.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"droits:{lieu.cle}"])


def exiger_direction(par: Utilisateur, lieu: Lieu) -> None:
    """Raise PermissionDenied unless `par` gives and ends the roles there. Asked under the lock."""
    if not dirige(par, lieu):
        raise PermissionDenied("droits")


def ecrire_au_journal(
    geste: str, rattachement: Rattachement, par: Utilisateur | None, **contenu: object
) -> None:
    """The gesture in the chain of the person whose right it is."""
    inscrire(
        chaine=f"compte:{rattachement.utilisateur_id}",
        geste=geste,
        par=par,
        contenu={**valeurs(rattachement), **contenu},
    )


def valeurs(rattachement: Rattachement) -> dict[str, object]:
    """What the journal keeps of a right."""
    return {
        "rattachement": rattachement.pk,
        "role": rattachement.role,
        "organisme": rattachement.organisme,
        "ars": rattachement.ars,
        "debut": rattachement.debut.isoformat(),
        "fin": rattachement.fin.isoformat() if rattachement.fin else None,
        **({"portee": str(rattachement.portee)} if rattachement.portee else {}),
    }
