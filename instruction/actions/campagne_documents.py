"""Documents that an ARS publishes with a campagne: the same checks as the pieces of a porteur."""

from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.journal.actions import inscrire
from esms.socle.rangement import rangement
from grappes.acces import peut_ouvrir_campagne
from grappes.models import Campagne, DocumentDeCampagne
from instruction.actions.analyse import antivirus
from instruction.fichiers import FichierRefuse, controler, nom_affiche
from instruction.fichiers.refus import VIRUS


def publier_un_document(
    *, campagne: Campagne, titre: str, nom: str, fichier: BinaryIO, par: Utilisateur
) -> DocumentDeCampagne:
    """Publish a file under a title; the one published under that title is withdrawn and kept.

    The same content under the same title gives the one already there. An agent publishes rarely and waits
    for the antivirus: raises AnalyseImpossible when it says nothing, FichierRefuse for what it or the content
    says, before anything is written; PermissionDenied.
    """
    if not peut_ouvrir_campagne(par, campagne.ars):
        raise PermissionDenied("campagne")
    constat = controler(nom, fichier)
    outil = antivirus()
    if outil is not None and not outil.analyser(fichier).sain:
        raise FichierRefuse(VIRUS)
    fichier.seek(0)
    document = DocumentDeCampagne(
        campagne=campagne,
        titre=titre,
        nom=nom_affiche(nom),
        extension=constat.extension,
        taille=constat.taille,
        sha256=constat.sha256,
        publie_par=par,
    )
    with rangement() as etagere:
        etagere.ranger(document.fichier, document.nom, fichier)
        return _inscrire(document)


@transaction.atomic
def retirer_un_document(*, document: DocumentDeCampagne, par: Utilisateur) -> DocumentDeCampagne:
    """Withdraw a document from the public page; it is kept. Twice, nothing. Raises PermissionDenied."""
    if not peut_ouvrir_campagne(par, document.campagne.ars):
        raise PermissionDenied("campagne")
    actuel = DocumentDeCampagne.objects.select_for_update().get(pk=document.pk)
    if actuel.retire_le is None:
        _retirer(actuel, par)
        contenu = {"document": str(actuel.pk), "titre": actuel.titre}
        inscrire(chaine=document.campagne.chaine, geste="retirer_document", par=par, contenu=contenu)
    return actuel


@transaction.atomic
def _inscrire(document: DocumentDeCampagne) -> DocumentDeCampagne:
    campagne = Campagne.objects.select_for_update().get(pk=document.campagne_id)
    ancien = campagne.documents.filter(titre=document.titre, retire_le__isnull=True).first()
    if ancien is not None and ancien.sha256 == document.sha256:
        return ancien
    if ancien is not None:
        _retirer(ancien, document.publie_par)
    document.publie_le = timezone.now()
    document.save(force_insert=True)
    contenu = {
        "document": str(document.pk),
        "titre": document.titre,
        "sha256": document.sha256,
        "remplace": str(ancien.pk) if ancien else None,
    }
    inscrire(chaine=campagne.chaine, geste="publier_document", par=document.publie_par, contenu=contenu)
    return document


def _retirer(document: DocumentDeCampagne, par: Utilisateur) -> None:
    document.retire_le, document.retire_par = timezone.now(), par
    document.save(update_fields=["retire_le", "retire_par"])
