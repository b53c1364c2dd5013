"""Writing in the thread of a dossier, and reading it. A message is neither changed nor erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from esms.comptes.models import Utilisateur
from esms.socle.antivirus import AnalyseImpossible
from esms.socle.montants import nombre
from esms.socle.rangement import rangement
from instruction.acces import droits_de
from instruction.actions.analyse import antivirus
from instruction.actions.avertir import avertir_ars, avertir_porteur
from instruction.actions.garde import EtatDepasse, GesteRefuse, consigner, verrouiller
from instruction.etats import Etat
from instruction.fichiers import FichierRefuse, controler, nom_affiche
from instruction.models import Cote, Dossier, LectureDeMessage, Message, PieceDeMessage
from instruction.models.message import LONGUEUR_MAX
from instruction.requetes_messages import cote_de

GESTE = "ecrire_message"


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file to join: its name as sent, its bytes."""

    nom: str
    octets: BinaryIO


def ecrire_message(
    *, identifiant: UUID, dossier: Dossier, texte: str, fichiers: Sequence[Fichier], par: Utilisateur
) -> Message:
    """Send one message, with its files, on behalf of the side of `par`; the other side is told.

    `identifiant` comes from the form: sent twice, one message is written, and given back. Raises EtatDepasse
    when the same form comes back with something else; GesteRefuse for a text empty or too long; FichierRefuse
    for the first file that may not enter; PermissionDenied for who only reads, and for the ARS on a draft
    whose porteur has not written. Nothing is then written, nor kept of the files: they are read and stored
    before the dossier is locked, since a storage may be slow.
    """
    texte = texte.replace("\r\n", "\n").strip()
    if not 0 < len(texte) <= LONGUEUR_MAX:
        raise GesteRefuse(f"Un message compte de 1 à {nombre(LONGUEUR_MAX)}\u00a0caractères.")
    _exiger_la_parole(dossier, par)
    pieces = [_controlee(identifiant, fichier) for fichier in fichiers]
    message = Message(id=identifiant, dossier=dossier, auteur=par, texte=texte)
    with rangement() as etagere:
        for piece, fichier in zip(pieces, fichiers, strict=True):
            etagere.ranger(piece.fichier, piece.nom, fichier.octets)
        return _inscrire(message, pieces, par)


@transaction.atomic
def marquer_lus(*, dossier: Dossier, jusqua: datetime, par: Utilisateur) -> int:
    """Messages of the other side, up to that instant, are read by `par`: how many were not.

    The first reading stays. Raises PermissionDenied for who only reads: a jury member or an auditeur who
    looks must not make the ARS believe that it has answered.
    """
    cote = cote_de(droits_de(par), dossier)
    if cote is None:
        raise PermissionDenied("marquer_lus")
    return _lire(dossier, cote, jusqua, par)


def _controlee(identifiant: UUID, fichier: Fichier) -> PieceDeMessage:
    """What the row will say of a file that may enter. Raises FichierRefuse, with its name."""
    nom = nom_affiche(fichier.nom)
    try:
        constat = controler(fichier.nom, fichier.octets)
        _analyser(fichier.octets)
    except FichierRefuse as refus:
        raise FichierRefuse(f"«\u00a0{nom}\u00a0»\u00a0: {refus}") from refus
    return PieceDeMessage(
        message_id=identifiant,
        nom=nom,
        extension=constat.extension,
        taille=constat.taille,
        sha256=constat.sha256,
    )


def _analyser(octets: BinaryIO) -> None:
    """At once, since a message has no quarantine: without a verdict, the file does not enter."""
    outil = antivirus()
    if outil is None:
        return
    try:
        sain = outil.analyser(octets).sain
    except AnalyseImpossible as impossible:
        raise FichierRefuse(
            "L’antivirus ne répond pas\u00a0: envoyez le message sans fichier, ou réessayez plus tard."
        ) from impossible
    if not sain:
        raise FichierRefuse("L’antivirus du portail a refusé ce fichier.")
    octets.seek(0)


def _exiger_la_parole(dossier: Dossier, par: Utilisateur) -> Cote:
    """On whose behalf `par` writes here. Raises PermissionDenied."""
    cote = cote_de(droits_de(par), dossier)
    if cote is None or (cote == Cote.ARS and _muet(dossier)):
        raise PermissionDenied(GESTE)
    return cote


@transaction.atomic
def _inscrire(message: Message, pieces: Sequence[PieceDeMessage], par: Utilisateur) -> Message:
    """Under the dossier's lock: the rows, of which everything may be refused once more."""
    dossier = verrouiller(message.dossier)
    cote = _exiger_la_parole(dossier, par)
    deja = Message.objects.filter(pk=message.pk).first()
    if deja is not None:
        return _rejoue(deja, message, pieces)
    message.dossier, message.cote, message.le = dossier, cote, timezone.now()
    message.save(force_insert=True)
    for piece in pieces:
        piece.save(force_insert=True)
    _lire(dossier, cote, message.le, par)
    empreintes = [piece.sha256 for piece in pieces]
    consigner(
        dossier,
        GESTE,
        par,
        message=str(message.pk),
        cote=cote.value,
        sha256=sha256(message.texte.encode()).hexdigest(),
        fichiers=empreintes,
    )
    _avertir(message, par)
    return message


def _muet(dossier: Dossier) -> bool:
    """A draft that its porteur has not spoken of: the ARS does not know that it exists."""
    return dossier.etat == Etat.BROUILLON and not dossier.messages.exists()


def _rejoue(deja: Message, message: Message, pieces: Sequence[PieceDeMessage]) -> Message:
    """The message already sent by this form, if it is the same one."""
    memes = sorted(deja.pieces.values_list("sha256", flat=True)) == sorted(p.sha256 for p in pieces)
    if (deja.auteur_id, deja.dossier_id, deja.texte, memes) != (
        message.auteur_id,
        message.dossier_id,
        message.texte,
        True,
    ):
        raise EtatDepasse("Ce formulaire a déjà servi à envoyer un autre message, qui reste dans le fil.")
    return deja


def _lire(dossier: Dossier, cote: Cote, jusqua: datetime, par: Utilisateur) -> int:
    recus = dossier.messages.exclude(cote=cote).filter(le__lte=jusqua).exclude(lectures__utilisateur=par)
    maintenant = timezone.now()
    lectures = [LectureDeMessage(message=recu, utilisateur=par, le=maintenant) for recu in recus]
    LectureDeMessage.objects.bulk_create(lectures, ignore_conflicts=True)
    return len(lectures)


def _avertir(message: Message, par: Utilisateur) -> None:
    """The other side, without a word of the message."""
    avertir, auteur = (
        (avertir_ars, "Le porteur") if message.cote == Cote.PORTEUR else (avertir_porteur, "L’ARS")
    )
    lien = reverse("dossiers:messages", args=[message.dossier_id])
    avertir(message.dossier, "message_recu", None, occurrence=str(message.pk), lien=lien, auteur=auteur)
