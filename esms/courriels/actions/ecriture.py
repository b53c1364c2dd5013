"""Writing e-mails, in the transaction of the gesture that wants them: neither exists without the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.courriels.models import Courriel, Notification
from esms.courriels.redaction import Valeur, rediger
from esms.courriels.taches import deposer


@dataclass(frozen=True, slots=True)
class Lettre:
    """One e-mail to write; see `ecrire` for what each field is.

    `aussi`: who finds it among their notifications without getting the e-mail, which goes to their service.
    """

    gabarit: str
    a: str
    destinataire: Utilisateur | None
    contexte: Mapping[str, Valeur]
    lien: str
    cle: str
    chaine: str = ""
    ars: str = ""
    aussi: tuple[Utilisateur, ...] = ()


def ecrire(
    *,
    gabarit: str,
    a: str,
    destinataire: Utilisateur | None,
    contexte: Mapping[str, Valeur],
    lien: str,
    cle: str,
    chaine: str = "",
    ars: str = "",
) -> Courriel | None:
    """Write one e-mail to `a`, and its copy in the portal when `destinataire` has an account.

    Template `templates/courriels/<gabarit>.txt`: first line the subject, then the text; greeting, link and
    foot are added around it. `lien` is a path of the portal (`reverse(…)`). `cle` makes it unique: written
    twice, even at the same instant, it is sent once, and None comes back the second time; None too without
    an address. `chaine` is the journal's chain of what it is about, `ars` the code of the ARS whose agents
    may see it in their list. The gesture writes the journal, not this function.

    Raises ValueError for a wrong template or context (see `rediger`), TransactionManagementError outside a
    transaction. A task then sends it: nothing here waits for a mail server.
    """
    ecrits = ecrire_tous([Lettre(gabarit, a, destinataire, contexte, lien, cle, chaine, ars)])
    return ecrits[0] if ecrits else None


def ecrire_tous(lettres: Iterable[Lettre]) -> list[Courriel]:
    """Write several e-mails as `ecrire` does, in six statements at most: those really written."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Un courriel s’écrit dans la transaction du geste.")
    par_cle = {lettre.cle: lettre for lettre in lettres if lettre.a.strip()}
    courriels = _inserer_les_nouvelles(par_cle)
    _notifier(courriels, par_cle)
    deposer(courriels)
    return courriels


def _inserer(lettres: Iterable[Lettre]) -> list[Courriel]:
    return Courriel.objects.bulk_create([_courriel(lettre) for lettre in lettres])


def _inserer_les_nouvelles(par_cle: Mapping[str, Lettre]) -> list[Courriel]:
    """Those whose key is not there yet."""
    deja = set(Courriel.objects.filter(cle__in=par_cle).values_list("cle", flat=True))
    lettres = [lettre for cle, lettre in par_cle.items() if cle not in deja]
    if not lettres:
        return []
    try:
        with transaction.atomic():
            return _inserer(lettres)
    except IntegrityError:
        # Somebody has just committed one of these keys: the others, one by one. Any other refusal comes back.
        return [c for lettre in lettres if (c := _seul(lettre)) is not None]


def _courriel(lettre: Lettre) -> Courriel:
    redige = rediger(lettre.gabarit, lettre.contexte)
    return Courriel(
        cle=lettre.cle,
        gabarit=lettre.gabarit,
        chaine=lettre.chaine,
        ars=lettre.ars,
        a=lettre.a.strip(),
        contexte=dict(lettre.contexte),
        objet=redige.objet,
        texte=redige.texte,
        lien=lettre.lien,
        cree_le=timezone.now(),
    )


def _seul(lettre: Lettre) -> Courriel | None:
    """Write it alone, unless its key is there; a refusal that is not about the key is raised again."""
    try:
        with transaction.atomic():
            courriel = _courriel(lettre)
            courriel.save(force_insert=True)
            return courriel
    except IntegrityError:
        if Courriel.objects.filter(cle=lettre.cle).exists():
            return None
        raise


def _notifier(courriels: list[Courriel], par_cle: Mapping[str, Lettre]) -> None:
    """One row per person and e-mail; one statement."""
    Notification.objects.bulk_create(
        Notification(courriel=courriel, utilisateur=personne, cree_le=courriel.cree_le)
        for courriel in courriels
        for personne in _personnes(par_cle[courriel.cle])
    )


def _personnes(lettre: Lettre) -> set[Utilisateur]:
    return {personne for personne in (lettre.destinataire, *lettre.aussi) if personne is not None}
