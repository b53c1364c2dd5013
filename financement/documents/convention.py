"""The convention as a PDF: everything it says comes from the frozen plan and from its own row."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from esms.aap.regle import CATALOGUE
from esms.socle.lettres import euros_en_lettres
from esms.socle.pdf import rendre_pdf
from financement.models import Convention, Plan


def rendre_convention(convention: Convention, *, le: datetime) -> bytes:
    """PDF/UA bytes of the convention issued at `le`; same rows, same instant, same bytes."""
    return rendre_pdf(
        "pdf/convention.html",
        contexte_de(convention, le=le),
        titre=f"Convention de financement n°\u00a0{convention.numero}",
        identifiant=f"{convention.numero}:{convention.plan.empreinte}",
        date=le.astimezone(ZoneInfo(convention.campagne.fuseau)),
    )


def contexte_de(convention: Convention, *, le: datetime) -> dict[str, Any]:
    """What the template needs, amounts written out and lines grouped by rule."""
    plan = convention.plan
    engagements = list(convention.engagements.order_by("finess_et"))
    return {
        "convention": convention,
        "plan": plan,
        "conditions": plan.conditions,
        "ars": plan.conditions["ars"].removeprefix("ARS "),
        "emise_le": le.astimezone(ZoneInfo(convention.campagne.fuseau)),
        "synthese": plan.resultat["synthese"],
        "total_en_lettres": euros_en_lettres(plan.total),
        "engagements": engagements,
        "logiciel": engagements[0].logiciel,
        "nombre_organismes": len({engagement.finess_ej for engagement in engagements}),
        "nombre_acquisitions": sum(engagement.operation == "acquisition" for engagement in engagements),
        "nombre_conformites": sum(engagement.operation != "acquisition" for engagement in engagements),
        "groupes": _groupes(plan),
        "versements": _versements(plan),
        "indicateurs": [_indicateur(indicateur) for indicateur in plan.conditions["cibles"]["indicateurs"]],
    }


def _groupes(plan: Plan) -> list[dict[str, Any]]:
    """Lines by rule, in the order of the engine, each with its subtotal."""
    return [
        {
            "regle": regle,
            "libelle": CATALOGUE[regle],
            "lignes": list(lignes),
            "sous_total": plan.resultat["sous_totaux"][regle],
        }
        for regle, lignes in groupby(plan.lignes, key=lambda ligne: ligne["regle"])
    ]


def _versements(plan: Plan) -> list[dict[str, Any]]:
    """Payments of the plan, with the words and the share that the edition gives them."""
    parts = {part["declencheur"]: part for part in plan.conditions["versements"]["cle"]}
    return [
        {
            "rang": versement["rang"],
            "libelle": parts[versement["declencheur"]]["libelle"],
            "part": parts[versement["declencheur"]]["part"],
            "montant": versement["montant"],
            "en_lettres": euros_en_lettres(Decimal(versement["montant"])),
        }
        for versement in plan.resultat["versements"]
    ]


def _indicateur(indicateur: Mapping[str, Any]) -> dict[str, Any]:
    """One usage target, its formula written out."""
    numerateur, denominateur = indicateur["numerateur"], indicateur["denominateur"]
    formule = f"({numerateur} / {denominateur}) × 100" if denominateur else f"nombre\u00a0: {numerateur}"
    return {**indicateur, "formule": formule, "dispenses": ", ".join(indicateur["publics_dispenses"])}
