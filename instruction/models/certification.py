"""What the représentant légal vouched for, and the receipt as a file. Both are written once.

The database refuses to change or erase them.
"""

import uuid

from django.conf import settings
from django.db import models

from instruction.models.depot import AccuseDeReception
from instruction.models.dossier import Dossier


class Certification(models.Model):
    """The représentant légal has certified the candidature whose content has this SHA-256.

    It holds for that content only: once anything is changed, another one is needed.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="certifications")
    empreinte = models.CharField("empreinte SHA-256 du contenu certifié", max_length=64)
    qualite = models.CharField("qualité", max_length=150)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "certification"
        ordering = ("-le", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "empreinte", "par"),
                name="certification_unique_par_contenu",
                violation_error_message="Cette personne a déjà certifié ce contenu.",
            ),
        )

    def __str__(self) -> str:
        return self.empreinte


def chemin_de_l_accuse(document: "AccuseEnPdf", nom: str) -> str:
    """Where the bytes are kept: under an identifier only."""
    return f"accuses/{document.pk}"


class AccuseEnPdf(models.Model):
    """The receipt as a PDF, made by a task after the filing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    accuse = models.OneToOneField(AccuseDeReception, on_delete=models.PROTECT, related_name="pdf")
    fichier = models.FileField("fichier", upload_to=chemin_de_l_accuse, max_length=120)
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    fait_le = models.DateTimeField("fait le")

    class Meta:
        verbose_name = "accusé de réception en PDF"

    def __str__(self) -> str:
        return self.sha256
