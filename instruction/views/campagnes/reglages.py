"""Envelope, contacts and documents of a campagne: small forms of its page."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from esms.socle.antivirus import AnalyseImpossible
from grappes.actions.campagne_reglages import (
    ajouter_un_contact,
    fixer_l_enveloppe,
    modifier_un_contact,
    retirer_un_contact,
)
from instruction.actions.campagne_documents import publier_un_document, retirer_un_document
from instruction.fichiers import FichierRefuse
from instruction.forms.campagne import ContactForm, DocumentForm, EnveloppeForm
from instruction.views.cadre import Demande
from instruction.views.campagnes.cadre import cadre, campagne_administree
from instruction.views.campagnes.fiche import page_de_la_campagne


@require_POST
def enveloppe(request: Demande, pk: int) -> HttpResponse:
    """Set the envelope."""
    campagne = campagne_administree(request, pk)
    formulaire = EnveloppeForm(request.POST)
    if formulaire.is_valid():
        try:
            fixer_l_enveloppe(campagne=campagne, montant=formulaire.montant(), par=request.user)
        except ValidationError as refus:
            formulaire.add_error("enveloppe", refus.messages)
        else:
            messages.success(request, "L’enveloppe est enregistrée.")
            return redirect("campagnes:fiche", pk)
    return page_de_la_campagne(request, campagne, 400, enveloppe=formulaire)


@require_POST
def ajouter_contact(request: Demande, pk: int) -> HttpResponse:
    """Add a contact."""
    campagne = campagne_administree(request, pk)
    formulaire = ContactForm(request.POST, auto_id="contact_%s")
    if formulaire.is_valid():
        try:
            ajouter_un_contact(campagne=campagne, valeurs=formulaire.cleaned_data, par=request.user)
        except ValidationError as refus:
            formulaire.add_error(None, refus.messages)
        else:
            messages.success(request, "Le contact est ajouté.")
            return redirect("campagnes:fiche", pk)
    return page_de_la_campagne(request, campagne, 400, contact=formulaire)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Demande, pk: int, contact: int) -> HttpResponse:
    """Read or change a contact."""
    campagne = campagne_administree(request, pk)
    trouve = get_object_or_404(campagne.contacts, pk=contact)
    donnees = request.POST if request.method == "POST" else None
    formulaire = ContactForm(donnees, initial=trouve.valeurs())
    if donnees is not None and formulaire.is_valid():
        try:
            modifier_un_contact(contact=trouve, valeurs=formulaire.cleaned_data, par=request.user)
        except ValidationError as refus:
            formulaire.add_error(None, refus.messages)
        else:
            messages.success(request, "Le contact est modifié.")
            return redirect("campagnes:fiche", pk)
    contexte = cadre(campagne, "Modifier un contact", form=formulaire, contact=trouve)
    return render(request, "campagnes/contact.html", contexte, status=400 if formulaire.errors else 200)


@require_POST
def retirer_contact(request: Demande, pk: int, contact: int) -> HttpResponse:
    """Remove a contact; one already removed is removed."""
    campagne = campagne_administree(request, pk)
    trouve = campagne.contacts.filter(pk=contact).first()
    if trouve is not None:
        retirer_un_contact(contact=trouve, par=request.user)
    messages.success(request, "Le contact est retiré.")
    return redirect("campagnes:fiche", pk)


@require_POST
def publier_document(request: Demande, pk: int) -> HttpResponse:
    """Publish a document, or say why it is refused."""
    campagne = campagne_administree(request, pk)
    formulaire = DocumentForm(request.POST, request.FILES, auto_id="document_%s")
    if formulaire.is_valid():
        saisie = formulaire.cleaned_data
        fichier = saisie["fichier"]
        try:
            publier_un_document(
                campagne=campagne, titre=saisie["titre"], nom=fichier.name, fichier=fichier, par=request.user
            )
        except FichierRefuse as refus:
            formulaire.add_error("fichier", str(refus))
        except AnalyseImpossible as impossible:
            formulaire.add_error(
                "fichier", f"Le fichier n’a pas pu être analysé\u00a0: {impossible}. Réessayez."
            )
        else:
            messages.success(request, f"«\u00a0{saisie['titre']}\u00a0» est publié.")
            return redirect("campagnes:fiche", pk)
    return page_de_la_campagne(request, campagne, 400, document=formulaire)


@require_POST
def retirer_document(request: Demande, pk: int, document: UUID) -> HttpResponse:
    """Withdraw a document from the public page."""
    campagne = campagne_administree(request, pk)
    trouve = get_object_or_404(campagne.documents.select_related("campagne"), pk=document)
    retirer_un_document(document=trouve, par=request.user)
    messages.success(request, f"«\u00a0{trouve.titre}\u00a0» n’est plus publié.")
    return redirect("campagnes:fiche", pk)
