"""The counters a dossier may be sent to. Pure: no Django, no clock."""

from esms.aap import Edition
from grappes.regles.territoires import REGIONS

NATIONAL = "national"


def guichets_possibles(edition: Edition) -> list[tuple[str, str]]:
    """(code, name) of every counter but the edition's own: the national one (G2), then the other ARS."""
    national = [] if edition.guichet.niveau == NATIONAL else [(NATIONAL, "Guichet national (CNSA, DNS)")]
    autres = [
        (code, f"ARS {nom}")
        for code, nom in REGIONS.items()
        if edition.guichet.niveau == NATIONAL or code != edition.region
    ]
    return [*national, *sorted(autres, key=lambda couple: couple[1])]
