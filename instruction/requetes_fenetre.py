"""Which closing applies to a dossier: that of every project, or that of projects over several regions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from esms.socle.dates import derniere_seconde
from esms.socle.montants import ESPACE_INSECABLE
from grappes.models import EssmsDeGrappe
from instruction.models import Dossier


@dataclass(frozen=True, slots=True)
class Cloture:
    """The last day in which this dossier may be filed, and why that one (empty when there is but one)."""

    dernier_jour: date
    fuseau: str
    pourquoi: str = ""

    @property
    def fin(self) -> str:
        """The last second, in the legal time of the ARS."""
        return derniere_seconde(self.dernier_jour, self.fuseau)

    def passee(self, instant: datetime) -> bool:
        """Whether that last second is over."""
        return instant.astimezone(ZoneInfo(self.fuseau)).date() > self.dernier_jour


def cloture_de(dossier: Dossier, *, regions: int | None = None) -> Cloture:
    """C2 as soon as the ESSMS are known to lie in more than one region, as the engine does; C1 otherwise.

    No query on a row of `avec_regions`, nor where the campagne has one closing, nor when the caller has
    counted the known `regions`; one otherwise.
    """
    campagne, multi = dossier.campagne, dossier.campagne.fermeture_multiregionale
    if multi is None or multi == campagne.fermeture:
        return Cloture(campagne.fermeture, campagne.fuseau)
    nombre = _nombre_de_regions(dossier) if regions is None else regions
    if nombre > 1:
        motif = f"projet multirégional (règle C2), vos ESSMS sont dans {nombre}{ESPACE_INSECABLE}régions"
        return Cloture(multi, campagne.fuseau, motif)
    motif = "projet d’une seule région (règle C1)"
    return Cloture(campagne.fermeture, campagne.fuseau, motif)


def avec_regions(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Adds `nombre_de_regions`, in the same query."""
    de_la_grappe = _regions(EssmsDeGrappe.objects.filter(grappe=OuterRef("grappe")))
    return dossiers.annotate(nombre_de_regions=Coalesce(Subquery(de_la_grappe), 0))


def _nombre_de_regions(dossier: Dossier) -> int:
    lu = getattr(dossier, "nombre_de_regions", None)
    if lu is not None:
        return int(lu)
    trouves: Iterable[int] = _regions(EssmsDeGrappe.objects.filter(grappe=dossier.grappe_id))
    return next(iter(trouves), 0)


def _regions(essms: QuerySet[EssmsDeGrappe]) -> QuerySet[EssmsDeGrappe, int]:
    """How many known regions: one row, or none."""
    connus = essms.exclude(region="").order_by().values("grappe")
    return connus.annotate(nombre=Count("region", distinct=True)).values_list("nombre", flat=True)
