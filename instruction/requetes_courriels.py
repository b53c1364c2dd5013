"""Which e-mails of the outbox an agent reads, and may ask for again.

- An agent: those about the filed dossiers of its ARS. A draft is not the ARS's business: neither are its
  reminders.
- An administrateur: all those of its ARS, drafts, accounts and invitations included.
- An auditeur: those about filed dossiers, everywhere; only reads.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from esms.comptes.models import Role
from esms.courriels.models import Courriel
from esms.courriels.models import Etat as EtatDEnvoi
from instruction.acces import Droits
from instruction.etats import Etat
from instruction.models import Dossier
from instruction.requetes_messages import ECRIVENT_POUR_L_ARS

PREFIXE = "dossier:"  # of the journal's chain of a dossier


def lit_la_boite(droits: Droits) -> bool:
    """Has a list of e-mails at all."""
    return bool(droits.ars) or droits.lieux.tient(Role.AUDITEUR)


def courriels_visibles(droits: Droits) -> QuerySet[Courriel]:
    """Rows this person reads, the latest first."""
    deposes = Dossier.objects.exclude(etat=Etat.BROUILLON)
    if not droits.lieux.tient(Role.AUDITEUR):
        deposes = deposes.filter(campagne__ars__in=droits.ars)
    administrees = droits.lieux.de((Role.ADMINISTRATEUR,))
    visibles = Q(chaine__in=_chaines(deposes)) | Q(ars__in=administrees)
    return Courriel.objects.filter(visibles).order_by("-cree_le", "-pk")


def en_echec(courriels: QuerySet[Courriel]) -> QuerySet[Courriel]:
    """Those whose last try failed: tried again by themselves, or given up."""
    return courriels.filter(etat__in=(EtatDEnvoi.A_REPRENDRE, EtatDEnvoi.ABANDONNE))


def peut_renvoyer(droits: Droits, courriel: Courriel) -> bool:
    """Writes on behalf of the ARS of this e-mail."""
    return any(droits.lieux.tient(role, courriel.ars) for role in ECRIVENT_POUR_L_ARS)


def du_dossier(courriels: QuerySet[Courriel], numero: str) -> QuerySet[Courriel]:
    """Those about the dossier of that number."""
    return courriels.filter(chaine__in=_chaines(Dossier.objects.filter(numero__iexact=numero)))


def dossiers_de(courriels: Iterable[Courriel]) -> dict[str, Dossier]:
    """By chain, the dossiers that these rows are about: one query."""
    cles = {c.chaine: c.chaine.removeprefix(PREFIXE) for c in courriels if c.chaine.startswith(PREFIXE)}
    trouves = Dossier.objects.select_related("campagne").in_bulk([UUID(cle) for cle in cles.values()])
    return {dossier.chaine: dossier for dossier in trouves.values()}


def _chaines(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier, str]:
    chaine = Concat(Value(PREFIXE), Cast("pk", TextField()), output_field=TextField())
    return dossiers.order_by().annotate(nom_de_chaine=chaine).values_list("nom_de_chaine", flat=True)
