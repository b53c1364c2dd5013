"""Keeping the catalogue of solutions: one at a time, or a whole file tried first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from grappes.acces import peut_tenir_le_catalogue
from grappes.catalogue_solutions import SolutionLue, Statut
from grappes.models import Referencement, Solution

CHAINE = "solutions"


@dataclass(frozen=True, slots=True)
class RapportDeSolutions:
    """What an import does, or would do: codes made, changed, and left as they were."""

    creees: tuple[str, ...]
    modifiees: tuple[str, ...]
    inchangees: int


@transaction.atomic
def enregistrer_solution(
    *, lue: SolutionLue, par: Utilisateur | None, solution: Solution | None = None, retiree: bool = False
) -> Solution:
    """Make a solution, or change it; the same content again writes nothing.

    Drafts that chose it are told when they open (what the engine reads of it is derived again at their next
    save); what was filed keeps what was sealed. `par` is None for the command line. Raises PermissionDenied,
    ValidationError (code or version already in the catalogue).
    """
    if par is not None and not peut_tenir_le_catalogue(par):
        raise PermissionDenied("catalogue")
    verrouillee = Solution.objects.select_for_update().get(pk=solution.pk) if solution else Solution()
    avant = valeurs(verrouillee) if solution else None
    for champ in ("code", "editeur", "nom", "version", "au_sad", "marche"):
        setattr(verrouillee, champ, getattr(lue, champ))
    verrouillee.retiree = retiree
    if avant is not None and avant == _valeurs_de(lue, retiree):
        return verrouillee
    verrouillee.modifiee_le, verrouillee.modifiee_par = timezone.now(), par
    verrouillee.full_clean(exclude=["modifiee_par"])  # nobody, for the command line
    verrouillee.save()
    _poser_les_statuts(verrouillee, lue.statuts)
    inscrire(
        chaine=CHAINE,
        geste="modifier_solution" if solution else "ajouter_solution",
        par=par,
        contenu={"avant": avant, "apres": _valeurs_de(lue, retiree)},
    )
    return verrouillee


@transaction.atomic
def importer_solutions(
    *, lues: Sequence[SolutionLue], par: Utilisateur | None, a_blanc: bool = False
) -> RapportDeSolutions:
    """Make or change every solution of a file, by code; those that it does not name stay as they are.

    `a_blanc`: say what would be done, and write nothing. Raises as `enregistrer_solution`: then nothing is
    written.
    """
    connues = {
        s.code: s for s in Solution.objects.select_for_update().filter(code__in=[u.code for u in lues])
    }
    creees, modifiees = [], []
    for lue in lues:
        connue = connues.get(lue.code)
        retiree = bool(connue and connue.retiree)
        if connue is None:
            creees.append(lue.code)
        elif valeurs(connue) != _valeurs_de(lue, retiree):
            modifiees.append(lue.code)
        else:
            continue
        enregistrer_solution(lue=lue, par=par, solution=connue, retiree=retiree)
    if a_blanc:
        transaction.set_rollback(True)
    return RapportDeSolutions(tuple(creees), tuple(modifiees), len(lues) - len(creees) - len(modifiees))


def valeurs(solution: Solution) -> dict[str, Any]:
    """What the journal keeps of a solution."""
    lignes = solution.referencements.order_by("domaine")
    statuts = tuple(Statut(un.domaine, un.statut, un.vague, un.le) for un in lignes)
    return _valeurs_de(lue_de(solution, statuts), solution.retiree)


def lue_de(solution: Solution, statuts: tuple[Statut, ...]) -> SolutionLue:
    """A row of the catalogue in the terms of a form."""
    return SolutionLue(
        solution.code,
        solution.editeur,
        solution.nom,
        solution.version,
        solution.au_sad,
        solution.marche,
        statuts,
    )


def _valeurs_de(lue: SolutionLue, retiree: bool) -> dict[str, Any]:
    return {
        "code": lue.code,
        "editeur": lue.editeur,
        "nom": lue.nom,
        "version": lue.version,
        "au_sad": lue.au_sad,
        "marche": lue.marche,
        "retiree": retiree,
        "statuts": [
            {
                "domaine": statut.domaine,
                "statut": statut.statut,
                "vague": statut.vague,
                "le": statut.le.isoformat() if statut.le else None,
            }
            for statut in sorted(lue.statuts, key=lambda statut: statut.domaine)
        ],
    }


def _poser_les_statuts(solution: Solution, statuts: Sequence[Statut]) -> None:
    solution.referencements.all().delete()
    Referencement.objects.bulk_create(
        Referencement(solution=solution, domaine=un.domaine, statut=un.statut, vague=un.vague, le=un.le)
        for un in statuts
    )
