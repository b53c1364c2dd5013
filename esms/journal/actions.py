"""Writing the journal, inside the transaction of the action it records: neither exists without the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal import racines
from esms.journal.chaine import sceller
from esms.journal.models import Entree, Racine

_FIN = "SELECT rang, empreinte FROM journal_entree WHERE chaine = %s ORDER BY rang DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Fin:
    """Where a chain ends: nobody else adds to it until the end of the transaction."""

    chaine: str
    rang: int
    empreinte: str


def inscrire(*, chaine: str, geste: str, par: Utilisateur | None, contenu: Mapping[str, Any]) -> Entree:
    """Append one entry to `chaine` and seal it to the previous one.

    `par` is None only for what the portal does by itself (import, deadline). Two writers of one chain wait
    for each other on an advisory lock held until the end of their transactions. Raises
    TransactionManagementError outside a transaction.
    """
    return inscrire_a_la_suite(tenir_la_fin(chaine), [(geste, contenu)], par=par)[0]


def tenir_la_fin(chaine: str) -> Fin:
    """Lock the end of `chaine` and read it: what a gesture does before it makes others wait for more.

    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Le journal s’écrit dans la transaction de l’action.")
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [chaine])
        # A statement of its own: it must see what the last writer has committed before letting go.
        curseur.execute(_FIN, [chaine])
        rang, empreinte = curseur.fetchone() or (0, "")
    return Fin(chaine, rang, empreinte)


def inscrire_a_la_suite(
    fin: Fin, gestes: Sequence[tuple[str, Mapping[str, Any]]], *, par: Utilisateur | None
) -> list[Entree]:
    """Append several gestures of one person after `fin`, each sealed to the one before; one statement."""
    precedente, entrees = fin.empreinte, []
    for rang, (geste, contenu) in enumerate(gestes, start=fin.rang + 1):
        entree = Entree(
            chaine=fin.chaine,
            rang=rang,
            le=timezone.now(),
            par=par,
            geste=geste,
            contenu=dict(contenu),
            precedente=precedente,
        )
        precedente = entree.empreinte = sceller(entree)
        entrees.append(entree)
    return Entree.objects.bulk_create(entrees)


@transaction.atomic
def sceller_le_jour(*, par: Utilisateur | None = None) -> Racine:
    """Seal under one root the entries added since the previous one; the root of today if there is one.

    The table is locked against writers until the end: every transaction under way ends first, so that no
    identifier below the last one sealed can appear later. They are waited for ten seconds at most, since
    other writers queue meanwhile: then raises OperationalError, and nothing is done. A root is a journal row
    itself, with its instant and author: it is written nowhere else. A day without entry has its root too.
    """
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL lock_timeout = '10s'")
        curseur.execute("LOCK TABLE journal_entree IN SHARE ROW EXCLUSIVE MODE")
    le = timezone.now()
    derniere = Racine.objects.order_by("-rang").first()
    if derniere is not None and derniere.jour >= timezone.localdate(le):
        return derniere
    racine = racines.suivante(derniere, le, par)
    racine.save(force_insert=True)
    return racine
