"""Engaging the ESSMS of a convention: none is financed twice (E8), nor for two software products (E9)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError, transaction

from esms.comptes.models import Utilisateur
from financement.acces import peut_preparer
from financement.actions.refus import EssmsDejaFinances, GesteRefuse
from financement.models import Convention, EngagementEssms
from grappes.models import Etablissement

OPERATIONS = {"acquisition": "une acquisition", "mise_en_conformite": "une mise en conformité"}
# A writer that loses a race, or is chosen to break a deadlock, looks again once the winner has finished.
ESSAIS = 3


@transaction.atomic
def engager(*, convention: Convention, par: Utilisateur) -> None:
    """One row per ESSMS of the frozen plan, with the names of today.

    Raises PermissionDenied; GesteRefuse when the plan names no software; EssmsDejaFinances, which names
    each ESSMS and the convention that engaged it, whoever wrote first.
    """
    if not peut_preparer(par, convention.campagne):
        raise PermissionDenied("engager")
    logiciel = ((convention.plan.entree.get("solution") or {}).get("nom") or "").strip()
    if not logiciel:
        raise GesteRefuse(
            "La solution retenue n’est pas nommée\u00a0: sans elle, rien ne dit qu’un ESSMS n’est pas "
            "financé deux fois "
            "pour le même logiciel (règles E8 et E9)."
        )
    engagements = _lignes(convention, convention.plan.entree["essms"], logiciel)
    for _essai in range(ESSAIS):
        conflits = _conflits(engagements)
        if conflits:
            raise EssmsDejaFinances(*conflits)
        try:
            with transaction.atomic():
                EngagementEssms.objects.bulk_create(engagements)
        except (IntegrityError, OperationalError):
            continue
        return
    raise EssmsDejaFinances("Une autre convention engage en ce moment les mêmes ESSMS\u00a0: réessayez.")


def _lignes(
    convention: Convention, essms: Sequence[Mapping[str, Any]], logiciel: str
) -> list[EngagementEssms]:
    """Rows in the order of the numbers: two conventions that share ESSMS meet on the first one they share."""
    fiches = Etablissement.objects.select_related("entite").in_bulk([un["finess_et"] for un in essms])
    lignes = []
    for un in sorted(essms, key=lambda un: str(un["finess_et"])):
        fiche = fiches.get(un["finess_et"])
        lignes.append(
            EngagementEssms(
                convention=convention,
                finess_et=un["finess_et"],
                nom=(fiche.nom_long or fiche.nom) if fiche else un["finess_et"],
                commune=fiche.commune if fiche else "",
                finess_ej=fiche.finess_ej if fiche else un.get("finess_ej") or "",
                organisme=str(fiche.entite) if fiche else "",
                operation=un["operation"],
                logiciel=logiciel,
            )
        )
    return lignes


def _conflits(nouveaux: Sequence[EngagementEssms]) -> list[str]:
    """One sentence per ESSMS that an active engagement forbids."""
    voulus = {nouveau.finess_et: nouveau for nouveau in nouveaux}
    logiciel = nouveaux[0].logiciel.lower()
    anciens = (
        EngagementEssms.objects.filter(finess_et__in=voulus, actif=True)
        .select_related("convention")
        .order_by("finess_et", "operation")
    )
    return [
        _phrase(ancien)
        for ancien in anciens
        if ancien.operation == voulus[ancien.finess_et].operation or ancien.logiciel.lower() != logiciel
    ]


def _phrase(ancien: EngagementEssms) -> str:
    return (
        f"L’ESSMS {ancien.nom} ({ancien.finess_et}) est déjà financé pour "
        f"{OPERATIONS[ancien.operation]} du logiciel "
        f"«\u00a0{ancien.logiciel}\u00a0» par la convention {ancien.convention.numero} "
        f"({ancien.convention.ars_nom})."
    )
