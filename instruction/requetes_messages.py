"""Threads: who sees which, on which side somebody writes, and how many messages a side has not read.

- Porteur (titulaire, rédacteur, représentant légal): the threads of its organism; writes.
- Agents of the ARS of the dossier: those of filed dossiers, and that of a draft once its porteur has written;
  write, but for the jury, which does not speak with candidates.
- Auditeur: those of filed dossiers; only reads.
- Membre of the grappe, ARS concerned (G3), GRADeS, national: none.

The thread of a draft does not open the draft: the ARS reads the question, not the candidature.
"""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from esms.comptes.acces import TypeUtilisateur, lieux_de
from esms.comptes.models import Role
from instruction.acces import Droits
from instruction.etats import Etat
from instruction.models import Cote, Dossier, LectureDeMessage, Message

ECRIVENT_POUR_L_ARS = (
    Role.INSTRUCTEUR,
    Role.VALIDEUR,
    Role.SIGNATAIRE,
    Role.GESTIONNAIRE,
    Role.ADMINISTRATEUR,
)


def fils_visibles_par(utilisateur: TypeUtilisateur) -> QuerySet[Dossier]:
    """Dossiers whose thread this person reads."""
    lieux = lieux_de(utilisateur)
    deposes = ~Q(etat=Etat.BROUILLON)
    if lieux.tient(Role.AUDITEUR):
        return Dossier.objects.filter(Q(organisme__in=lieux.organismes) | deposes)
    ouverts = deposes | Exists(Message.objects.filter(dossier=OuterRef("pk")))
    return Dossier.objects.filter(
        Q(organisme__in=lieux.organismes) | Q(campagne__ars__in=lieux.ars) & ouverts
    )


def cote_de(droits: Droits, dossier: Dossier) -> Cote | None:
    """On whose behalf this person writes in this thread; None: it only reads."""
    if droits.porte(dossier):
        return Cote.PORTEUR
    if any(droits.detient(role, dossier) for role in ECRIVENT_POUR_L_ARS):
        return Cote.ARS
    return None


def avec_non_lus(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Adds `non_lus_porteur` and `non_lus_ars`: what nobody of that side has read yet, in the same query."""
    return dossiers.annotate(non_lus_porteur=_nombre(Cote.PORTEUR), non_lus_ars=_nombre(Cote.ARS))


def non_lus(dossier: Dossier, *, pour_porteur: bool) -> int:
    """What that side has not read, on a row of `avec_non_lus`; 0 on any other."""
    return getattr(dossier, "non_lus_porteur" if pour_porteur else "non_lus_ars", 0)


def _nombre(cote: Cote) -> Coalesce:
    nombre = (
        a_lire(cote)
        .filter(dossier=OuterRef("pk"))
        .order_by()
        .values("dossier")
        .annotate(nombre=Count("pk"))
        .values("nombre")
    )
    return Coalesce(Subquery(nombre), 0)


def a_lire(cote: Cote) -> QuerySet[Message]:
    """Messages of the other side that nobody of this one has read: one colleague is enough."""
    lues = LectureDeMessage.objects.filter(message=OuterRef("pk"))
    return Message.objects.exclude(cote=cote).filter(~Exists(lues))
