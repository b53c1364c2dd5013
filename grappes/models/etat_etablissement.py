"""What an establishment was, period by period, so that a decision can be replayed as it was taken."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from grappes.models.etablissement import Etablissement


class EtatsQuerySet(models.QuerySet["EtatEtablissement"]):
    """Reading of the past."""

    def au(self, jour: date) -> "EtatsQuerySet":
        """The state of each establishment on that day; none for one the register did not know yet."""
        return self.filter(Q(au__isnull=True) | Q(au__gt=jour), du__lte=jour)


class EtatEtablissement(models.Model):
    """State known from `du` (included) to `au` (excluded, null: still true).

    The dates are those of the files: the register says what was published, which is what a decision could rely on.
    `ferme_le` may precede `du` (a closing published late).
    """

    etablissement = models.ForeignKey(
        Etablissement,
        on_delete=models.PROTECT,
        related_name="etats",
        db_column="finess_et",
        db_index=False,  # the exclusion constraint brings one
        verbose_name="établissement",
    )
    finess_ej = models.CharField("numéro FINESS juridique", max_length=9)
    nom = models.CharField("nom", max_length=200)
    commune = models.CharField("commune", max_length=200, blank=True)
    region = models.CharField("région (code INSEE)", max_length=3, blank=True)
    categorie = models.CharField("catégorie FINESS", max_length=3)
    ferme_le = models.DateField("fermé le", null=True, blank=True)
    du = models.DateField("valable du")
    au = models.DateField("au (exclu)", null=True, blank=True)

    objects: ClassVar[models.Manager["EtatEtablissement"]] = EtatsQuerySet.as_manager()

    class Meta:
        verbose_name = "état d’un établissement"
        verbose_name_plural = "états des établissements"
        ordering = ("etablissement", "du")
        constraints = (
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gt=F("du")),
                name="etat_dates_ordonnees",
                violation_error_message="La fin d’un état suit son début.",
            ),
            ExclusionConstraint(
                name="etat_un_seul_a_la_fois",
                expressions=[
                    ("etablissement", "="),
                    (
                        Func(
                            F("du"), F("au"), Value("[)"), function="daterange", output_field=DateRangeField()
                        ),
                        "&&",
                    ),
                ],
                violation_error_message="Un établissement n’a qu’un état à une date donnée.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom} ({self.etablissement_id}) du {self.du}"

    def ferme_au(self, jour: date) -> bool:
        """Whether the closing date then known had come."""
        return self.ferme_le is not None and self.ferme_le <= jour
