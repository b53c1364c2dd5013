"""The organisms of a project, fifty at a time, the most numerous first."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from financement.etude import Etude, nom_de_region, noms_des_organismes

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class LigneOrganisme:
    """One organism: its ESSMS in the project, those it manages in all (register, then what was said), its seat."""

    finess_ej: str
    nom: str
    region: str
    dans_le_projet: int
    geres_finess: int | None
    porteur: bool


def page_d_organismes(etude: Etude, numero: str | None) -> Page:
    """One page of organisms; names are read for the page only."""
    page = Paginator(list(etude.comptes), PAR_PAGE).get_page(numero)
    noms = noms_des_organismes(list(page.object_list))
    geres = etude.referentiel.essms_geres(list(page.object_list))
    sieges = {o.finess_ej: o.region for o in etude.resultat.projet.organismes}
    porteur = etude.entree.get("porteur", {}).get("finess_ej")
    page.object_list = [
        LigneOrganisme(
            ej,
            noms[ej],
            nom_de_region(region) if (region := sieges.get(ej)) else "Inconnu",
            etude.comptes[ej],
            geres.get(ej),
            ej == porteur,
        )
        for ej in page.object_list
    ]
    return page
