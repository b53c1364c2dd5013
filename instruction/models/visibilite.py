"""Whose dossiers these are: the rows that somebody may read, drafts and filed ones."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from esms.comptes.acces import TypeUtilisateur, lieux_de
from grappes.models import EssmsDeGrappe
from instruction.etats import Etat

if TYPE_CHECKING:
    from instruction.models.dossier import Dossier  # noqa: F401 - the type of the rows

DEPOSES = ~Q(etat=Etat.BROUILLON)


class Dossiers(models.QuerySet["Dossier"]):
    """Whose rows these are."""

    def visibles_par(self, utilisateur: TypeUtilisateur) -> "Dossiers":
        """Rows this person may read whole: those of its organisms, drafts included.

        Once filed: an agent, those of its ARS or with an ESSMS in its region (G3), an observateur GRADeS
        likewise; a national role, all of them. A `membre` reads no dossier whole: see `partages_avec`.
        """
        lieux = lieux_de(utilisateur)
        siens, regions = Q(organisme__in=lieux.organismes), lieux.ars | lieux.regions_observees
        if lieux.partout:
            return self.filter(siens | DEPOSES)
        if not regions:
            return self.filter(siens)
        return self.filter(siens | DEPOSES & (Q(campagne__ars__in=regions) | _dans_une_region(regions)))

    def partages_avec(self, utilisateur: TypeUtilisateur) -> "Dossiers":
        """Dossiers of others where an organism of this person has an ESSMS, drafts included.

        It may read their header and its own ESSMS, no more. A `membre` invited by the porteur of a dossier
        has only that one; one that its own organism has named, and whoever files for it, has them all.
        """
        lieux = lieux_de(utilisateur)
        ailleurs = Q(grappe__in=_grappes_avec(lieux.organismes_membres | lieux.organismes))
        for organisme, dossier in sorted(lieux.limites):
            ailleurs |= Q(pk=dossier, grappe__in=_grappes_avec((organisme,)))
        return self.filter(ailleurs).exclude(organisme__in=lieux.organismes)


def _dans_une_region(regions: Collection[str]) -> IsNull:
    """An ESSMS of the dossier is there; looked for only where the campagne is that of another ARS.

    One ESSMS asked for, and not EXISTS, that PostgreSQL may answer by reading every ESSMS of the region.
    """
    essms = EssmsDeGrappe.objects.filter(grappe=OuterRef("grappe"), region__in=regions).order_by()
    return IsNull(Subquery(essms.values("pk")[:1]), False)


def _grappes_avec(organismes: Collection[str]) -> models.QuerySet[EssmsDeGrappe, int]:
    """Grappes where one of these organisms has an ESSMS; reads the index of the organism."""
    return (
        EssmsDeGrappe.objects.filter(finess_ej__in=organismes).order_by().values_list("grappe_id", flat=True)
    )
