"""Reading the campagnes for their screens: whose they are, what they have granted, what moved."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from esms import aap
from esms.aap import Edition
from esms.comptes.acces import TypeUtilisateur, lieux_de
from esms.comptes.models import Role
from esms.journal.models import Entree
from grappes.models import Campagne
from instruction.etats import Etat
from instruction.models import Decision
from instruction.presentation.campagnes import GESTES_DE_DATES

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Consommation:
    """Amounts in EUR: the envelope, what the projects retained take of it, what is left."""

    enveloppe: Decimal | None
    retenu: Decimal
    retenus: int

    @property
    def reste(self) -> Decimal | None:
        """Negative when more was retained than the envelope holds; None without an envelope."""
        return None if self.enveloppe is None else self.enveloppe - self.retenu

    @property
    def depassement(self) -> Decimal | None:
        """By how much the envelope is passed, if it is."""
        reste = self.reste
        return -reste if reste is not None and reste < 0 else None


def campagnes_visibles(utilisateur: TypeUtilisateur) -> QuerySet[Campagne]:
    """Those of the ARS where the person is an agent; all of them for a national role."""
    lieux = lieux_de(utilisateur)
    return Campagne.objects.all() if lieux.partout else Campagne.objects.filter(ars__in=lieux.ars)


def a_ouvrir(utilisateur: TypeUtilisateur) -> list[Edition]:
    """Editions of the ARS that the person administers and that are not opened yet."""
    ars = lieux_de(utilisateur).de((Role.ADMINISTRATEUR,))
    siennes = [edition for edition in aap.editions() if edition.region in ars]
    ouvertes = set(
        Campagne.objects.filter(edition__in=[edition.slug for edition in siennes]).values_list(
            "edition", "ars"
        )
    )
    return [edition for edition in siennes if (edition.slug, edition.region) not in ouvertes]


def consommation(campagne: Campagne) -> Consommation:
    """What the plans of the projects retained, and not given up since, take of the envelope."""
    # Those with a plan, through its index: as the database holds it, that is those that retain.
    retenus = Decision.objects.filter(dossier__campagne=campagne, plan__isnull=False).exclude(
        dossier__etat=Etat.DESISTE
    )
    compte = retenus.aggregate(total=Sum("plan__total"), nombre=Count("pk"))
    return Consommation(campagne.enveloppe, compte["total"] or ZERO, compte["nombre"])


def entrees_de_dates(campagne: Campagne) -> QuerySet[Entree]:
    """The journal of its dates, the last move first."""
    entrees = Entree.objects.filter(chaine=campagne.chaine, geste__in=GESTES_DE_DATES)
    return entrees.select_related("par").order_by("-rang")
