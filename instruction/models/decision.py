"""What the ARS decided.

A decision is pronounced once, signed, and never changed (trigger of the first migration).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from financement.models import Plan
from instruction.models.dossier import Dossier


class Nature(models.TextChoices):
    """What is decided, once each."""

    RECEVABILITE = "recevabilite", "Éligibilité et recevabilité"
    LISTE = "liste", "Liste complémentaire"
    SELECTION = "selection", "Sélection"


class Sens(models.TextChoices):
    """The outcomes; named as the states they lead to."""

    RECEVABLE = "recevable", "Recevable"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"
    REORIENTE = "reoriente", "Réorienté"
    LISTE_COMPLEMENTAIRE = "liste_complementaire", "Inscrit sur la liste complémentaire"
    RETENU = "retenu", "Retenu"
    NON_RETENU = "non_retenu", "Non retenu"


REFUS = (Sens.IRRECEVABLE, Sens.INELIGIBLE, Sens.NON_RETENU)


class Decision(models.Model):
    """An outcome, its motive, its author; for a refusal, the ways and time limits of appeal.

    For a selection, the frozen plan; for a dossier sent elsewhere, the counter it goes to.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    nature = models.CharField("nature", max_length=20, choices=Nature.choices)
    sens = models.CharField("sens", max_length=30, choices=Sens.choices)
    motif = models.TextField("motif", blank=True)
    recours = models.TextField("voies et délais de recours", blank=True)
    destinataire = models.CharField("guichet destinataire", max_length=200, blank=True)
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="+", null=True)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "décision"
        ordering = ("le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "nature"),
                name="decision_une_fois",
                violation_error_message="Cette décision est déjà prise.",
            ),
            models.CheckConstraint(
                condition=~Q(sens__in=REFUS) | ~Q(motif="") & ~Q(recours=""),
                name="decision_refus_motive",
                violation_error_message="Un refus est motivé et dit les voies et délais de recours.",
            ),
            models.CheckConstraint(
                condition=Q(sens=Sens.REORIENTE) & ~Q(motif="") & ~Q(destinataire="")
                | ~Q(sens=Sens.REORIENTE) & Q(destinataire=""),
                name="decision_reoriente_vers_un_guichet",
                violation_error_message="Une réorientation est motivée et nomme le guichet.",
            ),
            models.CheckConstraint(
                condition=Q(sens=Sens.RETENU, plan__isnull=False)
                | ~Q(sens=Sens.RETENU) & Q(plan__isnull=True),
                name="decision_retenu_avec_plan",
                violation_error_message="Un projet retenu a un plan de financement figé.",
            ),
        )

    def __str__(self) -> str:
        return str(Sens(self.sens).label)


class Desistement(models.Model):
    """The porteur gave up, and why. Written once."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="desistement")
    motif = models.TextField("motif")
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "désistement"
        constraints = (
            models.CheckConstraint(
                condition=~Q(motif=""),
                name="desistement_motive",
                violation_error_message="Un désistement est motivé.",
            ),
        )

    def __str__(self) -> str:
        return f"désistement de {self.dossier_id}"
