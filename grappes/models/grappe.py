"""The project's perimeter: who carries it, which solution, which ESSMS.

The entry of the simulation contract, kept in rows.
"""

from django.db import models

from grappes.models.campagne import Campagne
from grappes.models.solution import Solution


class Grappe(models.Model):
    """What the porteur answered for the whole project.

    Each column is the section of the same name of the simulation contract, but three that the engine does
    not read: the solution chosen in the catalogue, what is declared of one that is not there, and why an
    answer departs from FINESS (`justifications`, by FINESS ET or EJ).
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

    solution_choisie = models.ForeignKey(
        Solution,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="solution choisie au catalogue",
    )
    declaration = models.JSONField("déclaration sur la solution", default=dict)
    justifications = models.JSONField("justifications", default=dict)

    class Meta:
        verbose_name = "grappe"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"grappe {self.pk}"
