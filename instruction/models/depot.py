"""What was filed, sealed, and the receipt that proves it. Both are written once.

The database refuses to change or erase them.
"""

import json
from typing import Any

from django.db import models

from instruction.models.dossier import Dossier


class Depot(models.Model):
    """The application as it was at the instant of filing.

    `scelle` is the canonical JSON itself, so that its SHA-256 can be recomputed from the stored characters;
    it holds the entry, the
    result of the engine, the completed project, the people, the texts, the pieces with their hashes.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="depot")
    scelle = models.TextField("contenu scellé")
    empreinte = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    version_regles = models.CharField("version des règles", max_length=64)
    finess_le = models.DateField("date du référentiel FINESS", null=True)

    class Meta:
        verbose_name = "dépôt"

    def __str__(self) -> str:
        return self.empreinte

    @property
    def contenu(self) -> dict[str, Any]:
        """The sealed content, read again."""
        contenu: dict[str, Any] = json.loads(self.scelle)
        return contenu


class AccuseDeReception(models.Model):
    """The receipt (CRPA L.112-11, R.112-5): number, instant, the service to talk to, as they were."""

    depot = models.OneToOneField(Depot, on_delete=models.PROTECT, related_name="accuse")
    numero = models.CharField("numéro", max_length=20, unique=True)
    emis_le = models.DateTimeField("émis le")
    service = models.CharField("service instructeur", max_length=200)
    courriel = models.EmailField("adresse électronique du service")

    class Meta:
        verbose_name = "accusé de réception"

    def __str__(self) -> str:
        return self.numero
