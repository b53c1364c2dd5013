"""What the porteur writes, section by section, and every version of it."""

from django.conf import settings
from django.db import models

from instruction.models.dossier import Dossier


class Section(models.Model):
    """One section of a candidature: `contenu` holds what was typed, by field, ready for canonical JSON.

    Saved incomplete. `version` counts its saves, from 0 when nothing was ever saved.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="sections")
    cle = models.CharField("section", max_length=60)
    contenu = models.JSONField("contenu", default=dict)
    version = models.PositiveIntegerField("version", default=0)
    modifiee_le = models.DateTimeField("modifiée le", null=True)
    modifiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "section de candidature"
        ordering = ("cle",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "cle"),
                name="section_unique_par_dossier",
                violation_error_message="Cette section existe déjà.",
            ),
        )

    def __str__(self) -> str:
        return self.cle


class VersionDeSection(models.Model):
    """One save of a section, kept as it was: the database refuses to change or erase it."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField("version")
    contenu = models.JSONField("contenu")
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "version de section"
        ordering = ("section", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("section", "version"),
                name="version_unique_par_section",
                violation_error_message="Cette version existe déjà.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.section_id}, version {self.version}"
