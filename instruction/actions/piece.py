"""Joining and withdrawing files."""

from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from esms.comptes.models import Utilisateur
from instruction import etats
from instruction.actions.garde import GesteRefuse, consigner, exiger, verrouiller
from instruction.actions.quarantaine import mettre_en_quarantaine
from instruction.etats import Geste
from instruction.fichiers import FichierRefuse, controler, nom_affiche
from instruction.fichiers.refus import VIRUS
from instruction.models import Analyse, Dossier, Piece


def joindre(
    *,
    dossier: Dossier,
    code: str,
    nom: str,
    fichier: BinaryIO,
    par: Utilisateur,
    remplace: Piece | None = None,
    source: str = "",
    geste: Geste = etats.MODIFIER,
    avec: Callable[[Dossier, Piece], None] | None = None,
) -> Piece:
    """Join a file under the piece `code`; with `remplace`, the file it replaces is withdrawn and kept.

    The same content again, at the same place, gives the file already there; so does, for a document that
    the portal writes, the same `source` (digest of the answers it comes from). With an antivirus, the file
    waits in quarantine. `geste`: what the dossier must be open to; `avec`: what the caller checks and writes
    of the file under the lock, which takes everything back if it raises. Raises FichierRefuse (French, one
    message per cause) before anything is written. The bytes are read outside the transaction, kept short.
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
        source=source,
    )
    try:
        return _inscrire(piece, fichier, remplace, geste, avec)
    except BaseException:
        # Neither the row nor the file may exist without the other.
        if piece.fichier.name:
            with suppress(Exception):  # whatever the storage: what failed first is what must be said
                default_storage.delete(piece.fichier.name)
        raise


@transaction.atomic
def retirer(*, piece: Piece, par: Utilisateur, geste: Geste = etats.MODIFIER) -> Piece:
    """Withdraw a file: it no longer counts, and is kept with who withdrew it and when.

    Twice changes nothing.
    """
    dossier = verrouiller(piece.dossier)
    exiger(geste, dossier, par)
    actuelle = Piece.objects.select_for_update().get(pk=piece.pk)
    if actuelle.retiree_le is None:
        _retirer(actuelle, par)
        consigner(dossier, "retirer_piece", par, piece=str(actuelle.pk), code=actuelle.code)
    return actuelle


@transaction.atomic
def _inscrire(
    piece: Piece,
    fichier: BinaryIO,
    remplace: Piece | None,
    geste: Geste,
    avec: Callable[[Dossier, Piece], None] | None,
) -> Piece:
    dossier = verrouiller(piece.dossier)
    exiger(geste, dossier, piece.deposee_par)
    jointe = _ecrire(dossier, piece, fichier, remplace)
    if avec is not None:
        avec(dossier, jointe)
    return jointe


def _ecrire(dossier: Dossier, piece: Piece, fichier: BinaryIO, remplace: Piece | None) -> Piece:
    presente = _deja_la(piece)
    if presente is not None:
        return presente
    for ancienne in _a_remplacer(piece, remplace):
        _retirer(ancienne, piece.deposee_par)
    piece.deposee_le = timezone.now()
    piece.fichier.save(piece.nom, File(fichier), save=False)
    mettre_en_quarantaine(piece)
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


def _deja_la(piece: Piece) -> Piece | None:
    """The file in place that says the same. Raises FichierRefuse for a content already found infected."""
    jointes = piece.dossier.pieces
    if jointes.filter(sha256=piece.sha256, analyse=Analyse.INFECTEE).exists():
        raise FichierRefuse(VIRUS)
    en_place = jointes.filter(code=piece.code, retiree_le__isnull=True)
    if piece.source:
        return en_place.filter(source=piece.source).first()
    return en_place.filter(sha256=piece.sha256).first()


def _a_remplacer(piece: Piece, remplace: Piece | None) -> list[Piece]:
    """What the new file takes the place of: the one named, and any older document the portal wrote here."""
    jointes = Piece.objects.select_for_update().filter(dossier=piece.dossier)
    anciennes = []
    if remplace is not None:
        nommee = jointes.get(pk=remplace.pk)
        if nommee.code != piece.code:
            raise GesteRefuse("Le fichier à remplacer n’est pas de cette pièce.")
        if nommee.retiree_le is None:
            anciennes.append(nommee)
    if piece.source:
        perimees = jointes.filter(code=piece.code, retiree_le__isnull=True).exclude(source="")
        anciennes += [ancienne for ancienne in perimees if ancienne not in anciennes]
    return anciennes


def _retirer(piece: Piece, par: Utilisateur) -> None:
    piece.retiree_le, piece.retiree_par = timezone.now(), par
    piece.save(update_fields=["retiree_le", "retiree_par"])
