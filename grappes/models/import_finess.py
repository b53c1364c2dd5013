"""Trace of each file taken into the register."""

from django.conf import settings
from django.db import models


class ImportFiness(models.Model):
    """One import that was written. The report is kept as it was shown; refusals and dry runs leave no row."""

    fichier = models.CharField("fichier", max_length=255)
    empreinte = models.CharField("empreinte SHA-256 du fichier", max_length=64)
    format = models.CharField("format", max_length=4, choices=(("csv", "CSV"), ("json", "JSON")))
    date_fichier = models.DateField("date du fichier")
    importe_le = models.DateTimeField("importé le")
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="par",
    )
    motif_forcage = models.CharField("motif du forçage", max_length=300, blank=True)
    rapport = models.JSONField("rapport")

    class Meta:
        verbose_name = "import FINESS"
        verbose_name_plural = "imports FINESS"
        ordering = ("-importe_le", "-pk")

    def __str__(self) -> str:
        return f"{self.fichier} au {self.date_fichier}"
