"""Joining and withdrawing files."""

from contextlib import suppress
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.actions.garde import GesteRefuse, consigner, exiger, verrouiller
from instruction.fichiers import controler, nom_affiche
from instruction.models import Dossier, Piece


def joindre(
    *,
    dossier: Dossier,
    code: str,
    nom: str,
    fichier: BinaryIO,
    par: Utilisateur,
    remplace: Piece | None = None,
) -> Piece:
    """Join a file under the piece `code`; with `remplace`, the file it replaces is withdrawn and kept.

    The same content again, at the same place, gives the file already there. Raises FichierRefuse (French,
    one message
    per cause) before anything is written. The bytes are read outside the transaction, which stays short.
    """
    constat = controler(nom, fichier)
    piece = Piece(
        dossier=dossier,
        code=code,
        nom=nom_affiche(nom),
        extension=constat.extension,
        taille=constat.taille,
        sha256=constat.sha256,
        deposee_par=par,
    )
    try:
        return _inscrire(piece, fichier, remplace)
    except BaseException:
        # Neither the row nor the file may exist without the other.
        if piece.fichier.name:
            with suppress(OSError):
                default_storage.delete(piece.fichier.name)
        raise


@transaction.atomic
def retirer(*, piece: Piece, par: Utilisateur) -> Piece:
    """Withdraw a file: it no longer counts, and is kept with who withdrew it and when.

    Twice changes nothing.
    """
    dossier = verrouiller(piece.dossier)
    exiger(etats.MODIFIER, dossier, par)
    actuelle = Piece.objects.select_for_update().get(pk=piece.pk)
    if actuelle.retiree_le is None:
        _retirer(actuelle, par)
        consigner(dossier, "retirer_piece", par, piece=str(actuelle.pk), code=actuelle.code)
    return actuelle


@transaction.atomic
def _inscrire(piece: Piece, fichier: BinaryIO, remplace: Piece | None) -> Piece:
    dossier = verrouiller(piece.dossier)
    exiger(etats.MODIFIER, dossier, piece.deposee_par)
    presente = dossier.pieces.filter(code=piece.code, sha256=piece.sha256, retiree_le__isnull=True).first()
    if presente is not None:
        return presente
    if remplace is not None:
        ancienne = Piece.objects.select_for_update().get(pk=remplace.pk, dossier=dossier)
        if ancienne.code != piece.code:
            raise GesteRefuse("Le fichier à remplacer n’est pas de cette pièce.")
        if ancienne.retiree_le is None:
            _retirer(ancienne, piece.deposee_par)
    piece.deposee_le = timezone.now()
    piece.fichier.save(piece.nom, File(fichier), save=False)
    piece.save(force_insert=True)
    consigner(
        dossier,
        "joindre_piece",
        piece.deposee_par,
        piece=str(piece.pk),
        code=piece.code,
        sha256=piece.sha256,
        remplace=str(remplace.pk) if remplace else None,
    )
    return piece


def _retirer(piece: Piece, par: Utilisateur) -> None:
    piece.retiree_le, piece.retiree_par = timezone.now(), par
    piece.save(update_fields=["retiree_le", "retiree_par"])
