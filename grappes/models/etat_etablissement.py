"""What an establishment was, file after file, so that a decision can be replayed as it was taken."""

from datetime import date
from typing import ClassVar

from django.db import models

from grappes.models.etablissement import Etablissement


class EtatsQuerySet(models.QuerySet["EtatEtablissement"]):
    """Reading of the past."""

    def etat_au(self, jour: date) -> "EtatsQuerySet":
        """The state of each establishment on that day; none for one the register did not know yet."""
        return self.filter(du__lte=jour).order_by("etablissement_id", "-du").distinct("etablissement_id")


class EtatEtablissement(models.Model):
    """State known from `du` (included) until the next state of the same establishment.

    The end is not stored: it is the beginning of the next one. Two states can then neither overlap nor leave
    a hole, and uniqueness of (establishment, day) is the only constraint needed. The dates are those of the
    files: what was published, hence what a decision could rely on; `ferme_le` may precede `du` (a closing
    published late).
    """

    etablissement = models.ForeignKey(
        Etablissement,
        on_delete=models.PROTECT,
        related_name="etats",
        db_column="finess_et",
        db_index=False,  # the unique constraint brings one
        verbose_name="établissement",
    )
    finess_ej = models.CharField("numéro FINESS juridique", max_length=9)
    nom = models.CharField("nom", max_length=200)
    commune = models.CharField("commune", max_length=200, blank=True)
    region = models.CharField("région (code INSEE)", max_length=3, blank=True)
    categorie = models.CharField("catégorie FINESS", max_length=3)
    ferme_le = models.DateField("fermé le", null=True, blank=True)
    du = models.DateField("valable du")

    objects: ClassVar["models.Manager[EtatEtablissement]"] = EtatsQuerySet.as_manager()

    class Meta:
        verbose_name = "état d’un établissement"
        verbose_name_plural = "états des établissements"
        ordering = ("etablissement_id", "du")
        constraints = (
            models.UniqueConstraint(
                fields=("etablissement", "du"),
                name="etat_un_seul_par_jour",
                violation_error_message="Un établissement n’a qu’un état à une date donnée.",
            ),
        )
        # Named here, and not `db_index`, which would add a second one for searches by prefix.
        indexes = (models.Index(fields=("finess_ej",), name="etat_de_l_organisme"),)

    def __str__(self) -> str:
        return f"{self.nom} ({self.etablissement_id}) du {self.du}"

    def ferme_au(self, jour: date) -> bool:
        """Whether the closing date then known had come."""
        return self.ferme_le is not None and self.ferme_le <= jour
