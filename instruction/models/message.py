"""The thread of a dossier between its porteur and its ARS: neither edited nor erased once written."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from esms.socle.templatetags.dates import instant
from instruction.models.dossier import Dossier

LONGUEUR_MAX = 5000


class Cote(models.TextChoices):
    """On whose behalf a message is written."""

    PORTEUR = "porteur", "Porteur"
    ARS = "ars", "ARS"


def chemin_du_message(piece: "PieceDeMessage", nom: str) -> str:
    """Where the bytes are kept: under identifiers only, whatever the file was called."""
    return f"messages/{piece.message_id}/{piece.pk}"


class Message(models.Model):
    """One message. Its identifier comes from the form: sent twice, it is written once.

    The database refuses any change; the journal of the dossier holds the SHA-256 of the text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="messages")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cote = models.CharField("côté", max_length=10, choices=Cote.choices)
    texte = models.TextField("texte", max_length=LONGUEUR_MAX)
    le = models.DateTimeField("envoyé le")

    class Meta:
        verbose_name = "message"
        ordering = ("le", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(cote__in=[cote.value for cote in Cote]),
                name="message_d_un_cote",
                violation_error_message="Un message vient du porteur ou de l’ARS.",
            ),
            models.CheckConstraint(
                condition=~Q(texte=""),
                name="message_non_vide",
                violation_error_message="Un message n’est pas vide.",
            ),
        )
        indexes = (models.Index(fields=("dossier", "cote", "le"), name="message_du_fil"),)

    def __str__(self) -> str:
        return f"{self.get_cote_display()}, {instant(self.le)}"


class PieceDeMessage(models.Model):
    """A file joined to a message, checked like the pieces of the dossier; never changed nor erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="pieces")
    nom = models.CharField("nom affiché", max_length=120)
    extension = models.CharField("type", max_length=5)
    fichier = models.FileField("fichier", upload_to=chemin_du_message, max_length=120)
    taille = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        verbose_name = "pièce d’un message"
        ordering = ("message", "nom", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(taille__gt=0),
                name="piece_de_message_non_vide",
                violation_error_message="Un fichier vide n’est pas une pièce.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class LectureDeMessage(models.Model):
    """Who, on the other side, has read a message, and when first. Nobody reads a message of its own side."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="lectures")
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField("lu le")

    class Meta:
        verbose_name = "lecture d’un message"
        ordering = ("le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("message", "utilisateur"),
                name="message_lu_une_fois",
                violation_error_message="Cette personne a déjà lu ce message.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.utilisateur}, {instant(self.le)}"
