"""The other organisms of a grappe: who answers for each, and which answers were confirmed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from grappes.models.grappe import Grappe


class EtatParticipation(models.TextChoices):
    """Where an invited organism stands. Without a row, it is still to be invited."""

    INVITE = "invite", "Invité"
    CONFIRME = "confirme", "Confirmé"
    A_REVOIR = "a_revoir", "À revoir"


class Participation(models.Model):
    """An organism (FINESS EJ), other than the porteur's, that was asked to confirm its ESSMS and answers.

    `empreinte` is the hash of what was confirmed (`grappes.regles.participation.empreinte_de`): what changes
    afterwards is known by comparing, and makes the confirmation `a_revoir`. A row without any ESSMS left in
    the grappe says nothing: the organism has gone.
    """

    grappe = models.ForeignKey(
        Grappe, on_delete=models.CASCADE, related_name="participations", verbose_name="grappe"
    )
    finess_ej = models.CharField("FINESS juridique", max_length=9)
    etat = models.CharField(
        "état", max_length=10, choices=EtatParticipation.choices, default=EtatParticipation.INVITE
    )
    courriel = models.EmailField("adresse de la personne invitée")
    invitee_le = models.DateTimeField("invitée le")
    invitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="invitée par"
    )
    confirmee_le = models.DateTimeField("confirmée le", null=True)
    confirmee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="confirmée par",
    )
    empreinte = models.CharField("empreinte de ce qui est confirmé", max_length=64, blank=True)

    class Meta:
        verbose_name = "participation d’un organisme"
        ordering = ("grappe", "finess_ej")
        constraints = (
            models.UniqueConstraint(
                fields=("grappe", "finess_ej"),
                name="participation_unique_par_organisme",
                violation_error_message="Cet organisme est déjà invité dans cette grappe.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatParticipation]),
                name="participation_etat_connu",
                violation_error_message="Cet état de participation n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(
                    etat=EtatParticipation.INVITE,
                    confirmee_le__isnull=True,
                    confirmee_par__isnull=True,
                    empreinte="",
                )
                | ~Q(etat=EtatParticipation.INVITE)
                & Q(
                    confirmee_le__gte=F("invitee_le"),
                    confirmee_par__isnull=False,
                    empreinte__regex=r"^[0-9a-f]{64}$",
                ),
                name="participation_confirmee_le_par_quoi",
                violation_error_message="Une confirmation dit quand, par qui et sur quel contenu.",
            ),
        )
        indexes = (models.Index(fields=("finess_ej",), name="participation_de_l_organisme"),)

    def __str__(self) -> str:
        return f"participation de {self.finess_ej}"
