"""The journal: rows that are only ever added, each chained to the one before by its hash."""

from django.conf import settings
from django.db import models


class Entree(models.Model):
    """One gesture, in the chain of the thing it is about.

    `rang` counts from 1 without a hole; `empreinte` covers every other field and `precedente`.
    """

    chaine = models.CharField("chaîne", max_length=80)
    rang = models.PositiveIntegerField("rang")
    le = models.DateTimeField("le")
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="par"
    )
    geste = models.CharField("geste", max_length=60)
    contenu = models.JSONField("contenu")
    precedente = models.CharField("empreinte précédente", max_length=64, blank=True)
    empreinte = models.CharField("empreinte", max_length=64, unique=True)

    class Meta:
        verbose_name = "entrée du journal"
        ordering = ("chaine", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("chaine", "rang"),
                name="journal_rang_unique",
                violation_error_message="Cette place du journal est déjà prise.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.chaine} n° {self.rang} : {self.geste}"
