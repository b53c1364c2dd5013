"""Reading the structured sections where they are shown: check page, sealed filing, beside a criterion."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from esms.aap import Edition
from grappes.requetes_campagnes import edition_de
from instruction.models import Dossier
from instruction.regles.candidature import budget, engagements, equipement, planning, risques, si, usages
from instruction.regles.candidature.budget import NATURES, RESSOURCES

register = template.Library()

CRITERES: Mapping[str, tuple[str, ...]] = {
    "cibles": ("usages",),
    "capacite": ("usages", "planning"),
    "risques": ("risques",),
    "comitologie": ("planning",),
    "chiffrage": ("budget", "equipement"),
    "soutenabilite": ("budget",),
}
"""Criterion of a grid → the sections that answer it, beside the porteur's text."""


@register.simple_tag
def lecture_de_section(
    cle: str, contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any] | None = None
) -> SafeString:
    """`{% lecture_de_section "risques" contenu edition entree %}`: the section laid out to be read.

    `entree`: the contract's entry, for the base of the budget (F7). Empty for a section of another kind.
    """
    if cle not in _LECTURES or not contenu:
        return SafeString("")
    contexte = {"cle": cle, "edition": edition, **_LECTURES[cle](contenu, edition, entree or {})}
    return SafeString(render_to_string(f"instruction/sections/{cle}_lecture.html", contexte))


@register.simple_tag
def section_imprimee(
    cle: str, candidature: Mapping[str, Mapping[str, Any]], edition: Edition, entree: Mapping[str, Any]
) -> SafeString:
    """`{% section_imprimee "risques" candidature edition entree %}`: the section as a PDF prints it.

    One that was never typed says so.
    """
    lue = _LECTURES[cle](candidature.get(cle) or {}, edition, entree)
    return SafeString(render_to_string(f"pdf/sections/{cle}.html", {"cle": cle, "edition": edition, **lue}))


@register.simple_tag
def section_lue(
    cle: str, candidature: Mapping[str, Mapping[str, Any]], dossier: Dossier, entree: Mapping[str, Any]
) -> SafeString:
    """`{% section_lue cle scelle.candidature dossier scelle.entree as lue %}`: the same, in a dossier."""
    return lecture_de_section(cle, candidature.get(cle) or {}, edition_de(dossier.campagne), entree)


@register.simple_tag
def sections_du_critere(critere: str) -> tuple[str, ...]:
    """`{% sections_du_critere critere.cle as cles %}`: sections to read beside a criterion of the grid."""
    return CRITERES.get(critere, ())


TITRES = {
    "usages": "Stratégie d’usage",
    "risques": "Risques",
    "planning": "Planning",
    "budget": "Budget",
    "equipement": "Équipement",
    "si": "Maturité du système d’information",
    "engagements": "Engagements",
}


@register.filter
def titre_de_section(cle: str) -> str:
    """`{{ cle|titre_de_section }}` → Planning: a section, beside a criterion or in a PDF."""
    return TITRES.get(cle, cle)


@register.filter
def nature(cle: str) -> str:
    """`{{ depense.nature|nature }}` → Formation."""
    return NATURES.get(cle, "Nature à choisir")


@register.filter
def oppose(montant: Decimal) -> Decimal:
    """`{{ ecart|oppose|euros }}`: a gap is written without its sign, a word says which way."""
    return -montant


def _risques(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    familles = {famille.cle: famille.libelle for famille in edition.sections.risques.familles}
    return {"risques": [(r, familles.get(r.famille, "")) for r in risques.classer(risques.lire(contenu))]}


def _planning(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    return {"trace": planning.lire(contenu, edition)}


def _usages(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "departs": usages.departs(contenu, edition.cibles.indicateurs),
        "cas": usages.cas_d_usage(contenu),
    }


def _base(entree: Mapping[str, Any]) -> budget.Base:
    porteur = entree.get("porteur") or {}
    return "HT" if porteur.get("tva_recuperee") else "TTC"


def _budget(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    annees = edition.sections.budget.annees
    base = _base(entree)
    lu = budget.lire(contenu, annees)
    ressources = [(libelle, lu.ressources[cle] or Decimal(0)) for cle, libelle in RESSOURCES.items()]
    bilan = budget.bilan(lu, base, annees)
    return {"budget": lu, "bilan": bilan, "ressources": ressources, "annees": range(1, annees + 1)}


def _si(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    repondus = {numero: un for numero, un in si.repondus(contenu).items() if un.intact}
    mesures = si.mesures(contenu) if edition.sections.si.article_cyber else ()
    return {
        "diagnostics": si.diagnostics(contenu),
        "mesures": mesures,
        "dites": [mesure for mesure in mesures if mesure.etat or mesure.commentaire],
        "propres": [(propre, repondus.get(propre.qui)) for propre in si.propres(contenu)],
        "fuseau": edition.zone.key,
    }


def _equipement(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    base, etats = _base(entree), equipement.parcs(contenu)
    noms = {etat.finess_et: etat.nom for etat in etats} | {equipement.TOUS: "Chaque ESSMS demandeur"}
    return {
        "base": base,
        "libelles": equipement.COMPTES.values(),
        "parcs": [
            (e, [(equipement.COMPTES[cle], nombre) for cle, nombre in e.comptes.items()]) for e in etats
        ],
        "besoins": [(b, noms.get(b.essms, b.essms), b.total(base)) for b in equipement.besoins(contenu)],
    }


def _engagements(contenu: Mapping[str, Any], edition: Edition, entree: Mapping[str, Any]) -> dict[str, Any]:
    pris = engagements.declares(contenu)
    return {"pris": [e for e in edition.sections.engagements.liste if e.cle in pris]}


Lecteur = Callable[[Mapping[str, Any], Edition, Mapping[str, Any]], dict[str, Any]]
_LECTURES: Mapping[str, Lecteur] = {
    "usages": _usages,
    "risques": _risques,
    "planning": _planning,
    "budget": _budget,
    "equipement": _equipement,
    "si": _si,
    "engagements": _engagements,
}
