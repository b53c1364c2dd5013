"""The envelope and the contacts of a campagne."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from grappes.acces import peut_ouvrir_campagne
from grappes.models import Campagne, ContactDeCampagne


@transaction.atomic
def fixer_l_enveloppe(*, campagne: Campagne, montant: Decimal | None, par: Utilisateur) -> Campagne:
    """Set the amount that the ARS may grant, in EUR; None: not known. Twice the same changes nothing.

    Raises ValidationError for an amount that is not positive, PermissionDenied.
    """
    actuelle = verrouiller_campagne(campagne, par)
    if actuelle.enveloppe == montant:
        return actuelle
    avant, actuelle.enveloppe = actuelle.enveloppe, montant
    actuelle.full_clean()
    actuelle.save(update_fields=["enveloppe"])
    contenu = {"avant": _texte(avant), "enveloppe": _texte(montant)}
    inscrire(chaine=actuelle.chaine, geste="fixer_enveloppe", par=par, contenu=contenu)
    return actuelle


@transaction.atomic
def ajouter_un_contact(
    *, campagne: Campagne, valeurs: Mapping[str, Any], par: Utilisateur
) -> ContactDeCampagne:
    """Add a contact; the same one twice gives the one there. Raises ValidationError, PermissionDenied."""
    actuelle = verrouiller_campagne(campagne, par)
    contact = ContactDeCampagne(campagne=actuelle, **valeurs)
    present = actuelle.contacts.filter(**valeurs).first()
    if present is not None:
        return present
    contact.full_clean()
    contact.save(force_insert=True)
    inscrire(chaine=actuelle.chaine, geste="ajouter_contact", par=par, contenu=contact.valeurs())
    return contact


@transaction.atomic
def modifier_un_contact(
    *, contact: ContactDeCampagne, valeurs: Mapping[str, Any], par: Utilisateur
) -> ContactDeCampagne:
    """Change a contact. Raises ValidationError, PermissionDenied, DoesNotExist once it is removed."""
    actuelle = verrouiller_campagne(contact.campagne, par)
    present = ContactDeCampagne.objects.select_for_update().get(pk=contact.pk)
    avant = present.valeurs()
    for champ, valeur in valeurs.items():
        setattr(present, champ, valeur)
    if present.valeurs() == avant:
        return present
    present.full_clean()
    present.save()
    contenu = {"avant": avant, **present.valeurs()}
    inscrire(chaine=actuelle.chaine, geste="modifier_contact", par=par, contenu=contenu)
    return present


@transaction.atomic
def retirer_un_contact(*, contact: ContactDeCampagne, par: Utilisateur) -> None:
    """Remove a contact; the journal says who it was. Twice changes nothing. Raises PermissionDenied."""
    actuelle = verrouiller_campagne(contact.campagne, par)
    present = ContactDeCampagne.objects.select_for_update().filter(pk=contact.pk).first()
    if present is None:
        return
    contenu = present.valeurs()
    present.delete()
    inscrire(chaine=actuelle.chaine, geste="retirer_contact", par=par, contenu=contenu)


def verrouiller_campagne(campagne: Campagne, par: Utilisateur) -> Campagne:
    """The row as it is, locked: filings that take a number wait. Raises PermissionDenied."""
    if not peut_ouvrir_campagne(par, campagne.ars):
        raise PermissionDenied("campagne")
    return Campagne.objects.select_for_update().get(pk=campagne.pk)


def _texte(montant: Decimal | None) -> str | None:
    return None if montant is None else str(montant)
