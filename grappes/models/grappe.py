"""The project's perimeter: who carries it, which solution, which ESSMS.

The entry of the simulation contract, kept in rows.
"""

from django.db import models

from grappes.models.campagne import Campagne


class Grappe(models.Model):
    """What the porteur answered for the whole project.

    Each column is the section of the same name of the simulation contract.
    """

    campagne = models.ForeignKey(
        Campagne, on_delete=models.PROTECT, related_name="grappes", verbose_name="campagne"
    )
    porteur_ej = models.CharField("FINESS juridique du porteur", max_length=9)
    porteur = models.JSONField("porteur", default=dict)
    organismes = models.JSONField("organismes", default=list)
    solution = models.JSONField("solution", null=True)
    amoa = models.JSONField("assistance à maîtrise d’ouvrage", null=True)
    rejoint = models.JSONField("regroupement rejoint", null=True)
    portee_nationale = models.BooleanField("portée nationale", default=False)
    region_pivot = models.CharField("région pivot choisie", max_length=3, null=True)  # noqa: DJ001 - null in the contract

    class Meta:
        verbose_name = "grappe"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"grappe {self.pk}"
