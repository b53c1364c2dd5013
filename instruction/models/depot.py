"""What was filed, sealed, the receipt that proves it, its withdrawal. All are written once.

The database refuses to change or erase them.
"""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from instruction.models.dossier import Dossier


class Depot(models.Model):
    """The application as it was at the instant of filing.

    `scelle` is the canonical JSON itself, so that its SHA-256 can be recomputed from the stored characters;
    it holds the entry, the
    result of the engine, the completed project, the people, the texts, the pieces with their hashes.
    A dossier withdrawn then filed again has another one, of the next `rang`; `Dossier.depot_courant` is the
    one that counts, those withdrawn are kept as they were.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="depots")
    rang = models.PositiveIntegerField("rang du dépôt", default=1)
    scelle = models.TextField("contenu scellé")
    empreinte = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    version_regles = models.CharField("version des règles", max_length=64)
    finess_le = models.DateField("date du référentiel FINESS", null=True)

    class Meta:
        verbose_name = "dépôt"
        ordering = ("dossier", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "rang"),
                name="depot_rang_unique",
                violation_error_message="Ce dépôt du dossier existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(rang__gte=1),
                name="depot_rang_positif",
                violation_error_message="Les dépôts d’un dossier se comptent à partir de 1.",
            ),
        )

    def __str__(self) -> str:
        return self.empreinte

    @property
    def contenu(self) -> dict[str, Any]:
        """The sealed content, read again."""
        contenu: dict[str, Any] = json.loads(self.scelle)
        return contenu


class AccuseDeReception(models.Model):
    """The receipt (CRPA L.112-11, R.112-5): number, instant, the service to talk to, as they were.

    Filings of one dossier bear the same number: `depot` tells them apart.
    """

    depot = models.OneToOneField(Depot, on_delete=models.PROTECT, related_name="accuse")
    numero = models.CharField("numéro", max_length=20, db_index=True)
    emis_le = models.DateTimeField("émis le")
    service = models.CharField("service instructeur", max_length=200)
    courriel = models.EmailField("adresse électronique du service")

    class Meta:
        verbose_name = "accusé de réception"

    def __str__(self) -> str:
        return self.numero


class RetraitDeDepot(models.Model):
    """A filing withdrawn by the porteur before the window closed: the dossier is a draft again."""

    depot = models.OneToOneField(Depot, on_delete=models.PROTECT, related_name="retrait")
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "retrait de dépôt"

    def __str__(self) -> str:
        return f"retrait de {self.depot_id}"
