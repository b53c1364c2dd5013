"""Which e-mails of the outbox an agent reads, and may ask for again.

- An agent: those about the filed dossiers of its ARS. A draft is not the ARS's business: neither are its
  reminders.
- An administrateur: all those of its ARS, drafts, accounts and invitations included.
- An auditeur: those about filed dossiers, everywhere; only reads.

The outbox grows for years: what is read here follows what is shown, never what it holds.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, UUIDField, Value, When
from django.db.models.functions import Cast, Concat, Substr
from django.db.models.lookups import IsNull

from esms.comptes.models import Role
from esms.courriels.models import Courriel
from esms.courriels.models import Etat as EtatDEnvoi
from instruction.acces import Droits
from instruction.models import Dossier
from instruction.models.visibilite import DEPOSES
from instruction.requetes_messages import ECRIVENT_POUR_L_ARS

PREFIXE = "dossier:"  # of the journal's chain of a dossier
ECHECS_COMPTES = 99  # beyond, « plus de 99 »: nothing is gained in counting further


def lit_la_boite(droits: Droits) -> bool:
    """Has a list of e-mails at all."""
    return bool(droits.ars) or droits.lieux.tient(Role.AUDITEUR)


def courriels_visibles(droits: Droits) -> QuerySet[Courriel]:
    """Rows this person reads, the latest first."""
    administres = Q(ars__in=droits.lieux.de((Role.ADMINISTRATEUR,)))
    visibles = Courriel.objects.alias(dossier=_dossier_de_la_chaine()).filter(administres | _depose())
    if not droits.lieux.tient(Role.AUDITEUR):
        visibles = visibles.filter(ars__in=droits.ars)
    return visibles.order_by("-cree_le", "-pk")


def en_echec(courriels: QuerySet[Courriel]) -> QuerySet[Courriel]:
    """Those whose last try failed: tried again by themselves, or given up."""
    return courriels.filter(etat__in=(EtatDEnvoi.A_REPRENDRE, EtatDEnvoi.ABANDONNE))


def nombre_d_echecs(courriels: QuerySet[Courriel]) -> int:
    """How many failed, at most one more than `ECHECS_COMPTES`: a mail server down fails them all."""
    return en_echec(courriels).order_by()[: ECHECS_COMPTES + 1].count()


def peut_renvoyer(droits: Droits, courriel: Courriel) -> bool:
    """Writes on behalf of the ARS of this e-mail."""
    return any(droits.lieux.tient(role, courriel.ars) for role in ECRIVENT_POUR_L_ARS)


def du_dossier(courriels: QuerySet[Courriel], numero: str) -> QuerySet[Courriel]:
    """Those about the dossier of that number."""
    dossiers = Dossier.objects.filter(numero__in={numero, numero.upper()}).order_by()
    chaine = Concat(Value(PREFIXE), Cast("pk", TextField()), output_field=TextField())
    return courriels.filter(chaine__in=dossiers.annotate(nom_de_chaine=chaine).values("nom_de_chaine"))


def dossiers_de(courriels: Iterable[Courriel]) -> dict[str, Dossier]:
    """By chain, the dossiers that these rows are about: one query."""
    cles = {c.chaine: c.chaine.removeprefix(PREFIXE) for c in courriels if c.chaine.startswith(PREFIXE)}
    trouves = Dossier.objects.select_related("campagne").in_bulk([UUID(cle) for cle in cles.values()])
    return {dossier.chaine: dossier for dossier in trouves.values()}


def _dossier_de_la_chaine() -> Case:
    """Key of the dossier that an e-mail is about; NULL when it is about none."""
    cle = Cast(Substr("chaine", len(PREFIXE) + 1), UUIDField())
    return Case(When(chaine__startswith=PREFIXE, then=cle))


def _depose() -> IsNull:
    """About a filed dossier; one key looked for by e-mail read.

    Not EXISTS, nor a list of chains, that PostgreSQL may answer by reading every dossier of the country.
    """
    dossiers = Dossier.objects.filter(DEPOSES, pk=OuterRef("dossier")).order_by()
    return IsNull(Subquery(dossiers.values("pk")[:1]), False)
