"""The organisms of a project, fifty at a time, the most numerous first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page

from financement.etude import Etude, nom_de_region
from financement.presentation.pages import paginer
from grappes.requetes_organismes import noms_des_organismes


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """One organism: its seat, its ESSMS in the project, those that it manages in all."""

    finess_ej: str
    nom: str
    region: str  # of its seat; empty when nobody knows it
    dans_le_projet: int
    geres_finess: int | None
    porteur: bool


def page_d_organismes(etude: Etude, numero: str | None) -> Page:
    """One page of organisms; names are read for the page only."""
    return paginer(list(etude.comptes), numero, lambda page: _lignes(etude, page))


def _lignes(etude: Etude, numeros: Sequence[str]) -> list[LigneOrganisme]:
    noms = noms_des_organismes(numeros)
    geres = etude.referentiel.essms_geres(numeros)
    sieges = {o.finess_ej: o.region for o in etude.resultat.projet.organismes}
    porteur = etude.entree.get("porteur", {}).get("finess_ej")
    return [
        LigneOrganisme(
            ej,
            noms[ej],
            nom_de_region(region) if (region := sieges.get(ej)) else "",
            etude.comptes[ej],
            geres.get(ej),
            ej == porteur,
        )
        for ej in numeros
    ]
