"""A public simulation: one entry of the simulator, kept under the address of its own content."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from esms.socle import canonique

LONGUEUR_CLE = 20


def cle_de(entree: dict[str, Any]) -> str:
    """Address of an entry: the first 20 hexadecimal digits of the SHA-256 of its canonical JSON."""
    return canonique.empreinte(entree)[:LONGUEUR_CLE]


class Simulation(models.Model):
    """An entry in the shape of the simulation contract; nothing computed, nobody's data.

    Immutable: an edit makes another row. The database refuses to change `cle` or `entree` (trigger of
    migration 0001).
    """

    cle = models.CharField("clé", max_length=LONGUEUR_CLE, primary_key=True, editable=False)
    entree = models.JSONField("entrée", editable=False)
    enregistree_le = models.DateTimeField("enregistrée le", db_default=Now(), editable=False)
    gardee_le = models.DateTimeField("gardée le", null=True, editable=False)

    class Meta:
        verbose_name = "simulation"
        ordering = ("-enregistree_le", "cle")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(cle__regex=r"^[0-9a-f]{20}$"),
                name="simulation_cle_hexadecimale",
                violation_error_message="La clé d’une simulation compte vingt chiffres hexadécimaux.",
            ),
        )
        indexes = (
            # The daily purge reads only what nobody asked to keep.
            models.Index(
                fields=["enregistree_le"], name="simulation_a_purger", condition=models.Q(gardee_le=None)
            ),
        )

    def __str__(self) -> str:
        return f"simulation {self.cle}"

    def get_absolute_url(self) -> str:
        """Permanent link: the result."""
        return reverse("simulation:resultat", args=[self.cle])
