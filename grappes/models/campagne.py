"""A call for projects that an ARS has opened: an edition of the AAP, with the dates that really apply."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q


class Campagne(models.Model):
    """An edition (its slug) opened by an ARS (region code).

    Dates are whole days at the ARS's legal time: a last day runs until the following midnight (reading of
    C1). The numbers of the
    dossiers are counted here, `dernier_numero` under the row's lock, so that they have neither hole nor
    double.
    """

    edition = models.CharField("édition de l’appel à projets", max_length=60)
    ars = models.CharField("code région de l’ARS", max_length=3)
    titre = models.CharField("titre", max_length=200)
    sigle = models.CharField("sigle des numéros", max_length=12, unique=True)
    fuseau = models.CharField("fuseau horaire", max_length=60)
    ouverture = models.DateField("premier jour de dépôt")
    fermeture = models.DateField("dernier jour de dépôt")
    fermeture_multiregionale = models.DateField(
        "dernier jour de dépôt d’un projet multirégional", null=True, blank=True
    )
    recevabilite = models.DateField("dernier jour de la recevabilité", null=True, blank=True)
    service = models.CharField("service instructeur", max_length=200)
    courriel = models.EmailField("adresse électronique du service")
    enveloppe = models.DecimalField(
        "enveloppe en euros", max_digits=14, decimal_places=2, null=True, blank=True
    )
    dernier_numero = models.PositiveIntegerField("dernier numéro donné", default=0, editable=False)

    class Meta:
        verbose_name = "campagne"
        ordering = ("fermeture", "sigle")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "ars"),
                name="campagne_unique_par_ars",
                violation_error_message="Cette ARS a déjà ouvert cette édition.",
            ),
            models.CheckConstraint(
                condition=Q(fermeture__gte=F("ouverture")),
                name="campagne_fenetre_ordonnee",
                violation_error_message="La fermeture ne précède pas l’ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(fermeture_multiregionale__isnull=True)
                | Q(
                    fermeture_multiregionale__gte=F("ouverture"), fermeture_multiregionale__lte=F("fermeture")
                ),
                name="campagne_multiregionale_dans_la_fenetre",
                violation_error_message="L’échéance multirégionale se place dans la fenêtre de dépôt.",
            ),
            models.CheckConstraint(
                condition=Q(recevabilite__isnull=True) | Q(recevabilite__gte=F("fermeture")),
                name="campagne_recevabilite_apres_la_fermeture",
                violation_error_message="La recevabilité ne s’achève pas avant la fermeture.",
            ),
            models.CheckConstraint(
                condition=Q(enveloppe__isnull=True) | Q(enveloppe__gt=0),
                name="campagne_enveloppe_positive",
                violation_error_message="Une enveloppe est un montant positif.",
            ),
        )

    def __str__(self) -> str:
        return self.titre

    @property
    def chaine(self) -> str:
        """Name of its chain in the journal."""
        return f"campagne:{self.pk}"

    def valeurs(self) -> dict[str, Any]:
        """What the journal and a sealed filing keep of it: every date that a rule reads."""
        return {
            "edition": self.edition,
            "ars": self.ars,
            "sigle": self.sigle,
            "ouverture": self.ouverture.isoformat(),
            "fermeture": self.fermeture.isoformat(),
            "fermeture_multiregionale": _iso(self.fermeture_multiregionale),
            "recevabilite": _iso(self.recevabilite),
        }


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None
