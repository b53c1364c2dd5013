"""One establishment or service of a grappe."""

from django.db import models

from grappes.models.grappe import Grappe


class EssmsDeGrappe(models.Model):
    """An ESSMS (FINESS ET), once in its grappe (E5), with its answers, its region and its organism.

    `region` and `finess_ej` are kept as the engine read them: who may see the dossier depends on them.
    """

    grappe = models.ForeignKey(Grappe, on_delete=models.CASCADE, related_name="essms", verbose_name="grappe")
    finess_et = models.CharField("FINESS géographique", max_length=9)
    operation = models.CharField("opération", max_length=20)
    region = models.CharField("code région", max_length=3, blank=True)
    finess_ej = models.CharField("FINESS juridique", max_length=9, blank=True)
    reponses = models.JSONField("réponses", default=dict)

    class Meta:
        verbose_name = "ESSMS de la grappe"
        ordering = ("finess_et",)
        constraints = (
            models.UniqueConstraint(
                fields=("grappe", "finess_et"),
                name="essms_unique_dans_la_grappe",
                violation_error_message="Cet ESSMS figure déjà dans la grappe (règle E5).",
            ),
        )
        indexes = (
            models.Index(fields=("region",), name="essms_de_grappe_region"),
            models.Index(fields=("finess_ej",), name="essms_de_grappe_organisme"),
        )

    def __str__(self) -> str:
        return self.finess_et
