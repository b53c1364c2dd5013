"""Making and changing the perimeter of a project.

Called by the actions of the rooms above, which hold the journal's chain.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from grappes.models import Campagne, EssmsDeGrappe, Grappe, Solution

_COLONNES_ESSMS = ("finess_et", "operation")


@transaction.atomic
def creer_grappe(
    *,
    campagne: Campagne,
    entree: Mapping[str, Any],
    regions: Mapping[str, str],
    gestionnaires: Mapping[str, str],
    par: Utilisateur,
) -> Grappe:
    """Keep a valid entry of the simulation contract as rows.

    `regions` and `gestionnaires` (FINESS EJ) tell of each FINESS ET what the engine read.
    Raises ValidationError when an ESSMS appears twice (E5).
    """
    grappe = Grappe(campagne=campagne)
    _remplir(grappe, entree)
    grappe.save()
    _composer(grappe, entree, regions, gestionnaires)
    inscrire(chaine=f"grappe:{grappe.pk}", geste="creer", par=par, contenu=_resume(entree))
    return grappe


@transaction.atomic
def recomposer_grappe(
    *,
    grappe: Grappe,
    entree: Mapping[str, Any],
    regions: Mapping[str, str],
    gestionnaires: Mapping[str, str],
    par: Utilisateur,
) -> Grappe:
    """Replace the whole content by another entry. Raises ValidationError when an ESSMS appears twice (E5)."""
    verrouillee = Grappe.objects.select_for_update(of=("self",)).select_related("campagne").get(pk=grappe.pk)
    _remplir(verrouillee, entree)
    verrouillee.save()
    verrouillee.essms.all().delete()
    _composer(verrouillee, entree, regions, gestionnaires)
    inscrire(chaine=f"grappe:{grappe.pk}", geste="recomposer", par=par, contenu=_resume(entree))
    return verrouillee


@transaction.atomic
def choisir_solution(
    *, grappe: Grappe, solution: Solution | None, declaration: Mapping[str, Any], par: Utilisateur
) -> Grappe:
    """Keep which solution of the catalogue is chosen, or what is declared of one that is not there."""
    verrouillee = Grappe.objects.select_for_update(of=("self",)).select_related("campagne").get(pk=grappe.pk)
    if (verrouillee.solution_choisie, verrouillee.declaration) == (solution, dict(declaration)):
        return verrouillee
    verrouillee.solution_choisie, verrouillee.declaration = solution, dict(declaration)
    verrouillee.save(update_fields=["solution_choisie", "declaration"])
    contenu = {"solution": solution.code if solution else None, "declaration": dict(declaration)}
    inscrire(chaine=f"grappe:{grappe.pk}", geste="choisir_solution", par=par, contenu=contenu)
    return verrouillee


@transaction.atomic
def justifier(*, grappe: Grappe, justifications: Mapping[str, str], par: Utilisateur) -> Grappe:
    """Keep why some answers depart from FINESS (FINESS number → text); an empty text takes it away.

    Those of ESSMS and organisms that have left the grappe go with them.
    """
    verrouillee = Grappe.objects.select_for_update(of=("self",)).select_related("campagne").get(pk=grappe.pk)
    presents = {numero for essms in verrouillee.essms.all() for numero in (essms.finess_et, essms.finess_ej)}
    dites = {**verrouillee.justifications, **{cle: texte.strip() for cle, texte in justifications.items()}}
    restent = {cle: texte for cle, texte in sorted(dites.items()) if texte and cle in presents}
    if restent != verrouillee.justifications:
        verrouillee.justifications = restent
        verrouillee.save(update_fields=["justifications"])
        contenu = {"justifications": sorted(restent)}
        inscrire(chaine=f"grappe:{grappe.pk}", geste="justifier", par=par, contenu=contenu)
    return verrouillee


def _remplir(grappe: Grappe, entree: Mapping[str, Any]) -> None:
    porteur = dict(entree.get("porteur") or {})
    grappe.porteur = porteur
    grappe.porteur_ej = porteur.get("finess_ej") or ""
    grappe.organismes = list(entree.get("organismes") or [])
    grappe.solution = entree.get("solution")
    grappe.amoa = entree.get("amoa")
    grappe.rejoint = entree.get("rejoint")
    grappe.portee_nationale = bool(entree.get("portee_nationale"))
    grappe.region_pivot = entree.get("region_pivot")


def _composer(
    grappe: Grappe,
    entree: Mapping[str, Any],
    regions: Mapping[str, str],
    gestionnaires: Mapping[str, str],
) -> None:
    numeros = [essms["finess_et"] for essms in entree["essms"]]
    doubles = sorted(numero for numero, fois in Counter(numeros).items() if fois > 1)
    if doubles:
        raise ValidationError(f"ESSMS cité plusieurs fois (règle E5)\u00a0: {', '.join(doubles)}.")
    EssmsDeGrappe.objects.bulk_create(
        EssmsDeGrappe(
            grappe=grappe,
            finess_et=essms["finess_et"],
            operation=essms["operation"],
            region=regions.get(essms["finess_et"]) or "",
            finess_ej=gestionnaires.get(essms["finess_et"]) or "",
            reponses={cle: valeur for cle, valeur in essms.items() if cle not in _COLONNES_ESSMS},
        )
        for essms in entree["essms"]
    )


def _resume(entree: Mapping[str, Any]) -> dict[str, Any]:
    return {"essms": sorted(essms["finess_et"] for essms in entree["essms"])}
