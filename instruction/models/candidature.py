"""What the porteur writes: people to talk to, and one text per criterion of the edition's grid."""

from django.conf import settings
from django.db import models

from instruction.models.dossier import Dossier

CHAMPS_FICHE = (
    "contact_nom",
    "contact_fonction",
    "contact_courriel",
    "contact_telephone",
    "representant_nom",
    "representant_fonction",
    "representant_courriel",
)


class FicheSynthese(models.Model):
    """Operational contact and legal representative (E21, OCC §4.7 NB). Saved incomplete.

    `version` counts its saves, from 0 when empty.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="fiche")
    contact_nom = models.CharField("nom et prénom du contact opérationnel", max_length=150, blank=True)
    contact_fonction = models.CharField("fonction du contact opérationnel", max_length=150, blank=True)
    contact_courriel = models.EmailField("adresse électronique du contact opérationnel", blank=True)
    contact_telephone = models.CharField("téléphone du contact opérationnel", max_length=30, blank=True)
    representant_nom = models.CharField("nom et prénom du représentant légal", max_length=150, blank=True)
    representant_fonction = models.CharField("qualité du représentant légal", max_length=150, blank=True)
    representant_courriel = models.EmailField("adresse électronique du représentant légal", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    modifiee_le = models.DateTimeField("modifiée le", null=True)
    modifiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "fiche de synthèse"

    def __str__(self) -> str:
        return f"fiche de synthèse de {self.dossier_id}"

    def valeurs(self) -> dict[str, str]:
        """What was typed, by field."""
        return {champ: getattr(self, champ) for champ in CHAMPS_FICHE}


class Texte(models.Model):
    """The answer to one criterion, so that the instructor reads where the score is given.

    `version` counts its saves.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="textes")
    critere = models.CharField("critère", max_length=40)
    contenu = models.TextField("texte", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    modifie_le = models.DateTimeField("modifié le", null=True)
    modifie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "texte"
        ordering = ("critere",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "critere"),
                name="texte_unique_par_critere",
                violation_error_message="Ce critère a déjà son texte.",
            ),
        )

    def __str__(self) -> str:
        return self.critere
