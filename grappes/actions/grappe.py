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
from grappes.models import Campagne, EssmsDeGrappe, Grappe

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
