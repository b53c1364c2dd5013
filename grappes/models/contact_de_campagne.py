"""Whom to ask about a campagne."""

from django.db import models
from django.db.models import Q

from grappes.models.campagne import Campagne


class ContactDeCampagne(models.Model):
    """A person or a service of the ARS. `public`: shown to everybody; otherwise to the agents only."""

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="contacts")
    nom = models.CharField("nom ou fonction", max_length=150)
    service = models.CharField("service", max_length=200, blank=True)
    courriel = models.EmailField("adresse électronique", blank=True)
    telephone = models.CharField("téléphone", max_length=30, blank=True)
    public = models.BooleanField("montré au public", default=True)

    class Meta:
        verbose_name = "contact de campagne"
        ordering = ("nom", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "nom", "courriel"),
                name="contact_unique_par_campagne",
                violation_error_message="Ce contact figure déjà dans la campagne.",
            ),
            models.CheckConstraint(
                condition=~Q(courriel="") | ~Q(telephone=""),
                name="contact_joignable",
                violation_error_message="Donnez une adresse électronique ou un numéro de téléphone.",
            ),
        )

    def __str__(self) -> str:
        return self.nom

    def valeurs(self) -> dict[str, str | bool]:
        """What the journal keeps of it."""
        return {
            "nom": self.nom,
            "service": self.service,
            "courriel": self.courriel,
            "telephone": self.telephone,
            "public": self.public,
        }
