"""Freezing a financing plan, and playing it again."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from esms.aap import Edition, edition
from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.socle.dates import jour
from financement.actions.refus import GesteRefuse
from financement.models import Plan
from financement.simulation import evaluer, reprendre
from grappes.finess import nomenclatures
from grappes.models import Grappe
from grappes.regles import Projet
from grappes.requetes_campagnes import edition_de


@transaction.atomic
def figer(
    *,
    grappe: Grappe,
    entree: Mapping[str, Any],
    registre: Mapping[str, Any],
    resultat: Mapping[str, Any],
    par: Utilisateur,
) -> Plan:
    """Keep what the engine said of `grappe` and the terms of the edition; the same content twice is one plan.

    `entree` and `registre` are those of `Resultat.entree_complete()` and `Resultat.registre()`, `resultat`
    is the contract's JSON: nothing else is needed to play the plan again. Raises GesteRefuse when the
    result was not computed with the current rules of the grappe's edition, or does not add up.
    """
    actuelle = Grappe.objects.select_for_update(of=("self",)).select_related("campagne").get(pk=grappe.pk)
    regles = edition(actuelle.campagne.edition)
    total = Decimal(resultat["synthese"]["total"])
    _verifier(regles, entree, resultat, total)
    plan = Plan(
        grappe=actuelle,
        edition=regles.slug,
        version_regles=regles.version,
        entree=dict(entree),
        registre=dict(registre),
        resultat=dict(resultat),
        conditions=conditions_de(regles),
        total=total,
        fige_le=timezone.now(),
        fige_par=par,
    )
    plan.empreinte = plan.sceller()
    deja = Plan.objects.filter(grappe=actuelle, empreinte=plan.empreinte).first()
    if deja is not None:
        return deja
    plan.save(force_insert=True)
    inscrire(
        chaine=f"grappe:{actuelle.pk}",
        geste="figer_plan",
        par=par,
        contenu={"empreinte": plan.empreinte, "total": str(total), "version_regles": plan.version_regles},
    )
    return plan


def conditions_de(regles: Edition) -> dict[str, Any]:
    """What a convention quotes of the edition, as JSON: amounts and shares stay exact, as text."""
    return {
        "titre": regles.titre,
        "annee": regles.annee,
        "region": regles.region,
        "ars": regles.ars,
        "fuseau": regles.fuseau,
        "textes": _en_json(regles.textes),
        "versements": _en_json(regles.versements),
        "cibles": _en_json(regles.cibles),
    }


@dataclass(frozen=True, slots=True)
class Rejeu:
    """What playing a plan again says: `conforme`, and one French sentence."""

    conforme: bool
    explication: str


def rejouer(plan: Plan) -> Rejeu:
    """Run the engine again on what was frozen, writing nothing and asking the register nothing."""
    if plan.sceller() != plan.empreinte:
        return Rejeu(False, "Le contenu du plan ne correspond plus à son empreinte.")
    actuelle = edition_de(plan.grappe.campagne)
    if actuelle.version != plan.version_regles:
        return Rejeu(
            False,
            f"Le fichier de règles a changé depuis le {jour(plan.fige_le)}\u00a0: version "
            f"{plan.version_regles[:12]} alors, {actuelle.version[:12]} aujourd’hui.",
        )
    if evaluer(projet_fige(plan), actuelle).en_json() == plan.resultat:
        return Rejeu(True, "Le moteur rend le même résultat, ligne à ligne.")
    if plan.registre["nomenclature"] != nomenclatures.version():
        return Rejeu(
            False,
            "Avec les mêmes règles, le moteur rend un autre résultat\u00a0: la nomenclature des catégories "
            f"FINESS a changé depuis le {jour(plan.fige_le)}.",
        )
    return Rejeu(
        False,
        "Avec les mêmes règles et les mêmes données, le moteur rend un autre résultat\u00a0: "
        "le moteur, ou les dates de la campagne, ont changé.",
    )


def projet_fige(plan: Plan) -> Projet:
    """The project that a plan was computed from, as it was then."""
    return reprendre(plan.entree, plan.registre)


def _verifier(
    regles: Edition, entree: Mapping[str, Any], resultat: Mapping[str, Any], total: Decimal
) -> None:
    phrases = []
    if not regles.slug == entree["aap"] == resultat["aap"]:
        phrases.append("Le calcul ne porte pas sur l’appel à projets de la grappe.")
    if resultat["version_regles"] != regles.version:
        phrases.append("Le calcul a été fait avec une autre version des règles\u00a0: recalculez-le.")
    if sum((Decimal(ligne["montant"]) for ligne in resultat["lignes"]), Decimal(0)) != total:
        phrases.append("La somme des lignes n’est pas le total.")
    if sum((Decimal(versement["montant"]) for versement in resultat["versements"]), Decimal(0)) != total:
        phrases.append("La somme des versements n’est pas le total.")
    if phrases:
        raise GesteRefuse(*phrases)


def _en_json(valeur: Any) -> Any:
    """A frozen dataclass of the edition as JSON values."""
    if dataclasses.is_dataclass(valeur) and not isinstance(valeur, type):
        return {champ.name: _en_json(getattr(valeur, champ.name)) for champ in dataclasses.fields(valeur)}
    if isinstance(valeur, Mapping):
        return {str(cle): _en_json(element) for cle, element in valeur.items()}
    if isinstance(valeur, (tuple, list)):
        return [_en_json(element) for element in valeur]
    if isinstance(valeur, (Decimal, Fraction)):
        return str(valeur)
    return valeur.isoformat() if isinstance(valeur, date) else valeur
