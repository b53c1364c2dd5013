"""Regions: codes of the COG, and the collectivities that an ARS of another region looks after."""

REGIONS: dict[str, str] = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur",
    "94": "Corse",
}

_RATTACHEMENTS = {"977": "01", "978": "01"}
"""Saint-Barthélemy and Saint-Martin are looked after by the ARS of Guadeloupe."""


def region_ars(code: str) -> str | None:
    """Code of the region whose ARS is competent, or None when the code is not a region."""
    region = _RATTACHEMENTS.get(code, code)
    return region if region in REGIONS else None


def nom_region(code: str) -> str:
    """Name of a region to show; the code itself when it has no name."""
    return REGIONS.get(code, code)
