"""The solutions of the catalogue against the domains of a grappe."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from esms.aap.domaines import DOMAINES, STATUTS
from esms.socle.dates import jour
from grappes.models import Referencement, Solution


@dataclass(frozen=True, slots=True)
class Fiche:
    """A solution: what the catalogue says of it, domain by domain; `couvre`: listed in all that are asked."""

    solution: Solution
    statuts: tuple[tuple[str, str], ...]
    couvre: bool


def fiches_du_catalogue(
    solutions: Iterable[Solution],
    referencements: Mapping[int, Mapping[str, Referencement]],
    domaines: Collection[str],
) -> list[Fiche]:
    """Those that cover the domains first, then by name."""
    fiches = [
        Fiche(
            solution,
            tuple((DOMAINES[domaine], libelle_du_statut(connus.get(domaine))) for domaine in domaines),
            bool(domaines)
            and all((ligne := connus.get(d)) is not None and ligne.statut == "reference" for d in domaines),
        )
        for solution in solutions
        for connus in (referencements.get(solution.pk, {}),)
    ]
    return sorted(fiches, key=lambda fiche: (not fiche.couvre, fiche.solution.nom, fiche.solution.version))


def libelle_du_statut(ligne: Referencement | None) -> str:
    """« Référencée, vague 1, depuis le 3 février 2025 »."""
    if ligne is None:
        return "Ni référencée, ni candidate"
    suite = f", vague {ligne.vague}" if ligne.vague else ""
    depuis = f", depuis le {jour(ligne.le)}" if ligne.le else ""
    return f"{STATUTS[ligne.statut]}{suite}{depuis}"
