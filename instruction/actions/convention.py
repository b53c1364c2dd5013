"""The convention, seen from the dossier: gestures of the floor below, and the dossier that follows them."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from financement.actions import convention as conventions
from financement.actions import versement as versements
from financement.models import Convention
from instruction import etats
from instruction.actions.avertir import avertir_porteur
from instruction.actions.garde import GesteRefuse, consigner, exiger, rejoue, verrouiller
from instruction.models import Dossier, Nature


@transaction.atomic
def preparer_convention(*, dossier: Dossier, par: Utilisateur) -> Convention:
    """Prepare the convention of a retained dossier, from its decision and its fiche de synthèse.

    Raises GesteRefuse when an ESSMS is already financed elsewhere (E8, E9) or the software is not named.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.PREPARER_CONVENTION, actuel, par):
        return actuel.grappe.convention
    exiger(etats.PREPARER_CONVENTION, actuel, par)
    decision = actuel.decisions.select_related("plan").get(nature=Nature.SELECTION)
    fiche = actuel.depot.contenu["candidature"]["contacts"]
    if decision.plan is None or actuel.numero is None:
        raise GesteRefuse("Le plan de financement n’est pas figé.")
    convention = conventions.preparer(
        grappe=actuel.grappe,
        plan=decision.plan,
        dossier_numero=actuel.numero,
        decision_le=timezone.localdate(decision.le, ZoneInfo(actuel.campagne.fuseau)),
        signataire=fiche["representant_nom"],
        signataire_qualite=fiche["representant_fonction"],
        par=par,
    )
    actuel.preparer_convention()
    actuel.save()
    consigner(actuel, etats.PREPARER_CONVENTION.nom, par, convention=convention.numero)
    return convention


@transaction.atomic
def constater_signature(*, dossier: Dossier, le: date, par: Utilisateur) -> Convention:
    """Mark the convention signed on `le`; the dossier follows.

    Raises GesteRefuse for a date that cannot be.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.CONSTATER_SIGNATURE, actuel, par):
        return actuel.grappe.convention
    exiger(etats.CONSTATER_SIGNATURE, actuel, par)
    convention = conventions.marquer_signee(convention=actuel.grappe.convention, le=le, par=par)
    actuel.constater_signature()
    actuel.save()
    consigner(
        actuel, etats.CONSTATER_SIGNATURE.nom, par, convention=convention.numero, signee_le=le.isoformat()
    )
    avertir_porteur(actuel, "convention_signee", par, lien=convention.get_absolute_url())
    return convention


@transaction.atomic
def verser(*, dossier: Dossier, le: date, reference: str, par: Utilisateur) -> Convention:
    """Record the first payment; the dossier goes to deployment.

    Raises GesteRefuse for a date that cannot be.
    """
    actuel = verrouiller(dossier)
    if rejoue(etats.VERSER, actuel, par):
        return actuel.grappe.convention
    exiger(etats.VERSER, actuel, par)
    versement = versements.enregistrer(
        convention=actuel.grappe.convention, le=le, reference=reference, par=par
    )
    actuel.verser()
    actuel.save()
    consigner(actuel, etats.VERSER.nom, par, montant=str(versement.montant), reference=versement.reference)
    convention = versement.convention
    avertir_porteur(
        actuel, "versement", par, occurrence=f"{versement.pk}", lien=convention.get_absolute_url()
    )
    return convention
