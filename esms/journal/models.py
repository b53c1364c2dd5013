"""The journal: rows that are only ever added, each chained to the one before by its hash.

Entries are chained thing by thing; roots, day by day, over the entries of all chains.
"""

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
        return f"{self.chaine} n° {self.rang}\u00a0: {self.geste}"


class Racine(models.Model):
    """The Merkle root of the entries added since the previous root; at most one a day.

    It covers the `nombre` entries of identifier above `apres` and up to `jusqua`, by identifier. `empreinte`
    covers every other field but `blocs`, and the previous root: kept outside, it vouches for all that came
    before. `blocs` are the nodes above each 1,024 leaves, with the last identifier under each: they only make
    proofs quick, and are recomputed when the journal is checked.
    """

    rang = models.PositiveIntegerField("rang", unique=True)
    jour = models.DateField("jour", unique=True)
    le = models.DateTimeField("le")
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="par"
    )
    apres = models.BigIntegerField("après l’entrée")
    jusqua = models.BigIntegerField("jusqu’à l’entrée")
    nombre = models.PositiveIntegerField("nombre d’entrées")
    racine = models.CharField("racine de Merkle", max_length=64)
    blocs = models.JSONField("blocs")
    precedente = models.CharField("empreinte précédente", max_length=64, blank=True)
    empreinte = models.CharField("empreinte", max_length=64, unique=True)

    class Meta:
        verbose_name = "racine du journal"
        ordering = ("rang",)
        # The root that covers an entry: the first one that goes as far.
        indexes = (models.Index(fields=("jusqua", "rang"), name="journal_racine_jusqua"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(jusqua__gte=models.F("apres")),
                name="journal_racine_avance",
                violation_error_message="Une racine ne revient pas en arrière.",
            ),
        )

    def __str__(self) -> str:
        return f"n°\u00a0{self.rang} du {self.jour:%d/%m/%Y}"
