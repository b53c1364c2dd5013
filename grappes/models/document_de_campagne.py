"""Documents that an ARS publishes with a campagne: the call itself, models, answers to questions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from grappes.models.campagne import Campagne


def chemin_du_document(document: "DocumentDeCampagne", nom: str) -> str:
    """Where the bytes are kept: under identifiers only."""
    return f"campagnes/{document.campagne_id}/{document.pk}"


class DocumentDeCampagne(models.Model):
    """A file anybody may read while it is published. Never erased: withdrawn or replaced, and kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="documents")
    titre = models.CharField("titre", max_length=150)
    nom = models.CharField("nom affiché", max_length=120)
    extension = models.CharField("type", max_length=5)
    fichier = models.FileField("fichier", upload_to=chemin_du_document, max_length=120)
    taille = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    publie_le = models.DateTimeField("publié le")
    publie_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retire_le = models.DateTimeField("retiré le", null=True)
    retire_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "document de campagne"
        ordering = ("publie_le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "titre"),
                condition=Q(retire_le__isnull=True),
                name="document_unique_par_titre",
                violation_error_message="Un document publié porte déjà ce titre\u00a0: remplacez-le.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le__isnull=True, retire_par__isnull=True)
                | Q(retire_le__isnull=False, retire_par__isnull=False),
                name="document_retire_le_et_par",
                violation_error_message="Un retrait dit quand et par qui.",
            ),
        )

    def __str__(self) -> str:
        return self.titre
