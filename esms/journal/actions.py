"""Writing the journal, inside the transaction of the action it records: neither exists without the other."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal import racines
from esms.journal.chaine import sceller
from esms.journal.models import Entree, Racine


def inscrire(*, chaine: str, geste: str, par: Utilisateur | None, contenu: Mapping[str, Any]) -> Entree:
    """Append one entry to `chaine` and seal it to the previous one.

    `par` is None only for what the portal does by itself (import, deadline). Two writers of one chain wait
    for each other on an advisory lock held until the end of their transactions. Raises
    TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Le journal s’écrit dans la transaction de l’action.")
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [chaine])
    derniere = Entree.objects.filter(chaine=chaine).order_by("-rang").first()
    entree = Entree(
        chaine=chaine,
        rang=derniere.rang + 1 if derniere else 1,
        le=timezone.now(),
        par=par,
        geste=geste,
        contenu=dict(contenu),
        precedente=derniere.empreinte if derniere else "",
    )
    entree.empreinte = sceller(entree)
    entree.save(force_insert=True)
    return entree


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
