"""Section « Engagements »: what the porteur declares, as the AAP lists it, according to the project. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from esms.aap import Edition
from esms.aap.sections import EngagementDemande, Situation
from esms.socle.citations import source
from grappes.regles import Projet, regle

from .contexte import Contexte
from .lecture import table

SITUATIONS: Mapping[Situation, Callable[[Projet], bool]] = {
    "toujours": lambda _: True,
    "regroupement": lambda projet: len(projet.gestionnaires) > 1,
    "materiel": lambda projet: any(essms.materiel is not None for essms in projet.essms),
    "amoa": lambda projet: projet.amoa.marche or projet.amoa.pilotage,
    "saad": lambda projet: any(essms.saad for essms in projet.essms),
    "ahi": lambda projet: "AHI" in projet.publics,
    "dpi_ght": lambda projet: projet.porteur.ght and projet.solution.dpi_ght,
    "solution_non_referencee": lambda projet: not projet.solution.referencee_segur,
}


def demandes(edition: Edition, projet: Projet) -> tuple[EngagementDemande, ...]:
    """The commitments that this project must declare, in the order of the edition."""
    return tuple(e for e in edition.sections.engagements.liste if SITUATIONS[e.quand](projet))


def declares(contenu: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the commitments that were ticked."""
    return frozenset(cle for cle, coche in table(contenu, "declares").items() if coche is True)


@regle("E20", "E7")
def manques(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """The commitments not declared yet."""
    pris = declares(contenu)
    return tuple(
        f"Engagement à déclarer\u00a0: {e.libelle.rstrip('.')} {source(e.article, e.regle)}."
        for e in demandes(contexte.edition, contexte.projet)
        if e.cle not in pris
    )


def conseils(contenu: Mapping[str, Any], contexte: Contexte) -> tuple[str, ...]:
    """None: a commitment is declared or is missing."""
    return ()
