"""A payment that was made, with its reference in the accounts of the payer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from financement.models.convention import Convention


class Versement(models.Model):
    """A payment of a signed convention, once per rank (F8).

    The database refuses to change or delete one, to add one to a convention that is not signed, and a sum
    above the grant (triggers of migration 0002).
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="versements")
    rang = models.PositiveSmallIntegerField("rang")
    montant = models.DecimalField("montant", max_digits=12, decimal_places=2)
    verse_le = models.DateField("versé le")
    reference = models.CharField("référence du paiement", max_length=60)
    enregistre_le = models.DateTimeField("enregistré le")
    enregistre_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "versement"
        ordering = ("convention", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("convention", "rang"),
                name="versement_une_fois",
                violation_error_message="Ce versement est déjà enregistré.",
            ),
            models.CheckConstraint(
                condition=Q(rang__in=(1, 2)),
                name="versement_rang_connu",
                violation_error_message="Une convention a deux versements.",
            ),
            models.CheckConstraint(
                condition=Q(montant__gt=0),
                name="versement_montant_positif",
                violation_error_message="Un versement est positif.",
            ),
            models.CheckConstraint(
                condition=~Q(reference=""),
                name="versement_reference_donnee",
                violation_error_message="Un versement porte la référence de son paiement.",
            ),
        )

    def __str__(self) -> str:
        return f"versement {self.rang} de {self.convention_id}"
