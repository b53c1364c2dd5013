"""Gestures made on the page of a convention: its dossier follows. The façade gives them to that page."""

from datetime import date

from django.db import transaction

from esms.comptes.models import Utilisateur
from financement.actions import convention as conventions
from financement.actions import versement as versements
from financement.models import Convention
from instruction.actions import convention as gestes
from instruction.actions.avertir import avertir_porteur
from instruction.models import Dossier


@transaction.atomic
def emettre(*, convention: Convention, par: Utilisateur) -> None:
    """Issue its PDF, and tell the porteur of the dossier that it waits for its signature, once."""
    emise = conventions.emettre(convention=convention, par=par)
    dossier = Dossier.objects.select_related("campagne").filter(grappe=emise.grappe_id).first()
    if dossier is not None:
        avertir_porteur(dossier, "convention_a_signer", par, lien=emise.get_absolute_url())


@transaction.atomic
def signer(*, convention: Convention, le: date, par: Utilisateur) -> None:
    """Mark it signed, and its dossier conventionné; a convention taken over without a dossier moves alone."""
    dossier = Dossier.objects.filter(grappe=convention.grappe_id).first()
    if dossier is None:
        conventions.marquer_signee(convention=convention, le=le, par=par)
    else:
        gestes.constater_signature(dossier=dossier, le=le, par=par)


@transaction.atomic
def verser(*, convention: Convention, le: date, reference: str, par: Utilisateur) -> None:
    """Record its first payment, its dossier goes to deployment; without a dossier it moves alone."""
    dossier = Dossier.objects.filter(grappe=convention.grappe_id).first()
    if dossier is None:
        versements.enregistrer(convention=convention, le=le, reference=reference, par=par)
    else:
        gestes.verser(dossier=dossier, le=le, reference=reference, par=par)
