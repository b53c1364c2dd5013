"""Projects that do not exist, to be played by the engine: some ESSMS more, some less, another operation."""

from collections.abc import Collection
from dataclasses import replace

from esms.aap import Edition
from esms.aap.eligibilite import Operation, Public
from grappes.finess import nomenclatures
from grappes.regles import Essms, Projet


def ajouter(projet: Projet, nombre: int, edition: Edition, *, region: str | None = None) -> Projet:
    """The project with `nombre` more plain ESSMS: its main operation, its first organisation, no equipment.

    Their numbers start with « ~ »: no FINESS number does, and they come last among equals.
    """
    public = edition.eligibilite.publics.publics[0]
    modele = Essms(
        finess_et="",
        operation=operation_principale(projet),
        finess_ej=next((essms.finess_ej for essms in projet.essms if essms.finess_ej), None),
        region=region or _region_principale(projet) or edition.region,
        categorie=_premiere_categorie(public),
        public=public,
        saad=False,
    )
    deja = sum(1 for essms in projet.essms if essms.finess_et.startswith("~"))
    ajoutes = (replace(modele, finess_et=f"~{deja + rang:08d}") for rang in range(nombre))
    return replace(projet, essms=(*projet.essms, *ajoutes))


def operation_principale(projet: Projet) -> Operation:
    """What most of its ESSMS do; acquisition on a tie."""
    return "acquisition" if 2 * projet.acquisitions >= len(projet.essms) else "mise_en_conformite"


def retirer(projet: Projet, numeros: Collection[str]) -> Projet:
    """The project without these ESSMS."""
    return replace(projet, essms=tuple(essms for essms in projet.essms if essms.finess_et not in numeros))


def passer_a(projet: Projet, numeros: Collection[str], operation: Operation) -> Projet:
    """The project where these ESSMS do another operation."""
    return replace(
        projet,
        essms=tuple(
            replace(essms, operation=operation) if essms.finess_et in numeros else essms
            for essms in projet.essms
        ),
    )


def _premiere_categorie(public: Public) -> str:
    toutes = nomenclatures.categories()
    return next(code for code in nomenclatures.categories_l312_1() if toutes[code].public == public)


def _region_principale(projet: Projet) -> str | None:
    if not projet.regions:
        return None
    return max(projet.regions, key=lambda region: (projet.regions[region], region))
