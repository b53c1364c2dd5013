"""One ESSMS financed by a convention: the row that keeps anyone from financing it twice."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from financement.models.convention import Convention


class EngagementEssms(models.Model):
    """An ESSMS (FINESS ET) in a convention, with what it was called that day.

    While `actif`, the database refuses a second row for the same operation (E8) and a row for another
    software (E9), whatever the ARS and however many write at once.
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="engagements")
    finess_et = models.CharField("FINESS géographique", max_length=9)
    nom = models.CharField("nom", max_length=200)
    commune = models.CharField("commune", max_length=200, blank=True)
    finess_ej = models.CharField("FINESS juridique", max_length=9, blank=True)
    organisme = models.CharField("organisme gestionnaire", max_length=200, blank=True)
    operation = models.CharField("opération", max_length=20)
    logiciel = models.CharField("logiciel", max_length=200)
    actif = models.BooleanField("actif", default=True)

    class Meta:
        verbose_name = "ESSMS financé"
        verbose_name_plural = "ESSMS financés"
        ordering = ("finess_et", "operation")
        constraints = (
            models.UniqueConstraint(
                fields=("finess_et", "operation"),
                condition=Q(actif=True),
                name="essms_finance_une_fois",
                violation_error_message="Cet ESSMS est déjà financé pour cette opération (règle E8).",
            ),
            ExclusionConstraint(
                name="essms_un_seul_logiciel",
                expressions=[
                    ("finess_et", RangeOperators.EQUAL),
                    (Lower("logiciel"), RangeOperators.NOT_EQUAL),
                ],
                condition=Q(actif=True),
                violation_error_message="Cet ESSMS est déjà financé pour un autre logiciel (règle E9).",
            ),
            models.CheckConstraint(
                condition=~Q(logiciel=""),
                name="essms_finance_logiciel_nomme",
                violation_error_message="Un ESSMS est financé pour un logiciel nommé.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom} ({self.finess_et})"
