"""Verdicts in words, with the icon and the DSFR colour that go with them; the colour never stands alone."""

from dataclasses import dataclass

from financement.etude import Etude, nom_de_region
from grappes.regles import Guichet, Verdict


@dataclass(frozen=True, slots=True)
class Mots:
    """A verdict as people read it: `titre` alone must be enough."""

    titre: str
    suite: str
    genre: str  # success, warning, info, error: DSFR's alerts and badges
    icone: str


VERDICTS = {
    Verdict.CONFORME: Mots(
        "Éligible",
        "Tous les contrôles automatiques sont conformes.",
        "success",
        "fr-icon-checkbox-circle-fill",
    ),
    Verdict.ALERTE: Mots(
        "Éligible, sous réserve",
        "L’ARS appréciera les points signalés ci-dessous.",
        "warning",
        "fr-icon-warning-fill",
    ),
    Verdict.A_COMPLETER: Mots(
        "À compléter", "Il manque des informations pour conclure.", "info", "fr-icon-information-fill"
    ),
    Verdict.BLOQUANT: Mots(
        "Non éligible en l’état",
        "Au moins un contrôle bloque le projet.",
        "error",
        "fr-icon-close-circle-fill",
    ),
    Verdict.SANS_OBJET: Mots("Sans objet", "", "new", "fr-icon-subtract-line"),
}

# What to do about each verdict, in the order in which people must read them.
GROUPES = {
    Verdict.BLOQUANT: "Ce qui bloque",
    Verdict.A_COMPLETER: "À compléter",
    Verdict.ALERTE: "À apprécier par l’ARS",
    Verdict.CONFORME: "Conforme",
    Verdict.SANS_OBJET: "Sans objet",
}

TYPOLOGIES = {
    "acquisition": "Acquisition",
    "mise_en_conformite": "Mise en conformité",
    "mixte": "Mixte",
}


def mots_du_verdict(etude: Etude) -> Mots:
    """Words for the worst check of the project."""
    return VERDICTS[etude.resultat.verdict]


def nom_du_guichet(guichet: Guichet) -> str:
    """« Guichet régional, Occitanie », « Guichet national », or that nobody can tell yet."""
    if guichet.niveau is None:
        return "Guichet à déterminer"
    if guichet.niveau == "national":
        return "Guichet national"
    return (
        f"Guichet régional, {nom_de_region(guichet.region)}"
        if guichet.region
        else "Guichet régional, ARS pivot à choisir"
    )
