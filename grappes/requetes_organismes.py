"""Organisms of the FINESS register: found by name or number, named, and placed in the region of an ARS."""

from collections import Counter
from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from grappes.finess.numero import normaliser
from grappes.models import EntiteJuridique, Etablissement
from grappes.regles.territoires import nom_region, region_ars
from grappes.requetes import mots_cherches

TROUVES_MAX = 20


def rechercher_organismes(texte: str) -> QuerySet[EntiteJuridique]:
    """Open organisms whose number or name holds each word of `texte`; the caller takes a slice.

    An empty text finds nothing. Raises TexteTropCourt.
    """
    mots = mots_cherches(texte)
    if not mots:
        return EntiteJuridique.objects.none()
    ouverts = Q(ferme_le__isnull=True) | Q(ferme_le__gt=timezone.localdate())
    condition = Q()
    for mot in mots:
        condition &= Q(recherche__contains=f" {mot}")
    # An organism of which the register only knows the number has no text to look into.
    condition |= Q(pk=normaliser(texte)[:9])
    return EntiteJuridique.objects.filter(ouverts, condition).defer("recherche").order_by("nom", "finess_ej")


def noms_des_organismes(numeros: Collection[str]) -> Mapping[str, str]:
    """FINESS EJ → its name in full, « Organisme » and its number when the register has none; one query.

    The short name of FINESS is cut at 38 characters: it is shown only for want of the other.
    """
    lignes = (
        EntiteJuridique.objects.filter(pk__in=list(numeros)).order_by().values_list("pk", "nom_long", "nom")
    )
    connus = {pk: nom_long or nom for pk, nom_long, nom in lignes}
    return {numero: connus.get(numero) or f"Organisme {numero}" for numero in numeros}


def nom_de_l_ars(code: str) -> str:
    """As people call it."""
    return f"ARS {nom_region(code)}"


def ars_de_l_organisme(entite: EntiteJuridique) -> str | None:
    """Code of the region whose ARS looks after it: of its seat, else of most of its open establishments."""
    if entite.region:
        return region_ars(entite.region)
    ouverts = Etablissement.objects.filter(entite=entite, ferme_le__isnull=True).exclude(region="")
    regions = Counter(ouverts.order_by("finess_et").values_list("region", flat=True))
    return region_ars(regions.most_common(1)[0][0]) if regions else None
