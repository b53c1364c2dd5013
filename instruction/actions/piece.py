"""Joining and withdrawing files."""

from collections.abc import Callable
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle.rangement import rangement
from instruction import etats
from instruction.actions.garde import GesteRefuse, consigner, exiger, verrouiller
from instruction.actions.quarantaine import mettre_en_quarantaine
from instruction.etats import Geste
from instruction.fichiers import FichierRefuse, controler, nom_affiche
from instruction.fichiers.refus import VIRUS
from instruction.models import Analyse, Dossier, ElementDemande, Piece


def joindre(
    *,
    dossier: Dossier,
    code: str,
    nom: str,
    fichier: BinaryIO,
    par: Utilisateur,
    remplace: Piece | None = None,
    source: str = "",
    element: ElementDemande | None = None,
    geste: Geste = etats.MODIFIER,
    avec: Callable[[Dossier, Piece], None] | None = None,
) -> Piece:
    """Join a file under the piece `code`; with `remplace`, the file it replaces is withdrawn and kept.

    The same content again, at the same place, gives the file already there; so does, for a document that
    the portal writes, the same `source` (digest of the answers it comes from). With `element`, it answers a
    request for complements and only takes the place of what answers it too. With an antivirus, the file
    waits in quarantine. `geste`: what the dossier must be open to; `avec`: what the caller checks and writes
    of the file under the lock, which takes everything back if it raises. Raises FichierRefuse (French, one
    message per cause) before anything is written.

    The bytes are read and stored before the dossier is locked: a storage may be slow, others wait for the
    lock. Who may not, or no longer may, is refused before that, and once more under the lock.
    """
    exiger(geste, Dossier.objects.select_related("campagne").get(pk=dossier.pk), par)
    piece = decrire(dossier=dossier, code=code, nom=nom, fichier=fichier, par=par, source=source)
    piece.element = element
    with rangement() as etagere:
        etagere.ranger(piece.fichier, piece.nom, fichier)
        return _inscrire(piece, remplace, geste, avec)


def decrire(
    *, dossier: Dossier, code: str, nom: str, fichier: BinaryIO, par: Utilisateur, source: str = ""
) -> Piece:
    """The row of a file that may enter, not written yet; its bytes are only read. Raises FichierRefuse."""
    constat = controler(nom, fichier)
    return Piece(
        dossier=dossier,
        code=code,
        nom=nom_affiche(nom),
        extension=constat.extension,
        taille=constat.taille,
        sha256=constat.sha256,
        deposee_par=par,
        source=source,
    )


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
    remplace: Piece | None,
    geste: Geste,
    avec: Callable[[Dossier, Piece], None] | None,
) -> Piece:
    dossier = verrouiller(piece.dossier)
    exiger(geste, dossier, piece.deposee_par)
    piece.dossier = dossier
    jointe = ecrire(piece=piece, remplace=remplace, par=piece.deposee_par)
    if avec is not None:
        avec(dossier, jointe)
    return jointe


def ecrire(*, piece: Piece, par: Utilisateur, remplace: Piece | None = None) -> Piece:
    """Write the row of a file described and stored, in a dossier that the caller has locked.

    The one already there is given back instead, when it says the same; see `joindre`.
    """
    presente = _deja_la(piece)
    if presente is not None:
        return presente
    for ancienne in _a_remplacer(piece, remplace):
        _retirer(ancienne, par)
    piece.deposee_le = timezone.now()
    mettre_en_quarantaine(piece)
    piece.save(force_insert=True)
    consigner(
        piece.dossier,
        "joindre_piece",
        par,
        piece=str(piece.pk),
        code=piece.code,
        sha256=piece.sha256,
        remplace=str(remplace.pk) if remplace else None,
        **({"source": piece.source} if piece.source else {}),
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
    """What the new file takes the place of: the one named, any older document the portal wrote here.

    And the very same bytes, when somebody downloaded that document and sent it back.
    """
    jointes = Piece.objects.select_for_update().filter(dossier=piece.dossier)
    anciennes = []
    if remplace is not None:
        nommee = jointes.get(pk=remplace.pk)
        if nommee.code != piece.code:
            raise GesteRefuse("Le fichier à remplacer n’est pas de cette pièce.")
        if nommee.retiree_le is None:
            anciennes.append(nommee)
    if piece.source:
        du_portail = ~Q(source="") | Q(sha256=piece.sha256)
        perimees = jointes.filter(du_portail, code=piece.code, retiree_le__isnull=True)
        if piece.element_id is not None:  # what was filed is sealed, and stays
            perimees = perimees.filter(element=piece.element_id)
        anciennes += [ancienne for ancienne in perimees if ancienne not in anciennes]
    return anciennes


def _retirer(piece: Piece, par: Utilisateur) -> None:
    piece.retiree_le, piece.retiree_par = timezone.now(), par
    piece.save(update_fields=["retiree_le", "retiree_par"])
