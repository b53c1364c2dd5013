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
    SELECTION = "selection", "Sélection"


class Sens(models.TextChoices):
    """The outcomes; named as the states they lead to."""

    RECEVABLE = "recevable", "Recevable"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    INELIGIBLE = "ineligible", "Inéligible"
    RETENU = "retenu", "Retenu"
    NON_RETENU = "non_retenu", "Non retenu"


REFUS = (Sens.IRRECEVABLE, Sens.INELIGIBLE, Sens.NON_RETENU)


class Decision(models.Model):
    """An outcome, its motive, its author; for a refusal, the ways and time limits of appeal.

    For a selection, the frozen plan.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    nature = models.CharField("nature", max_length=20, choices=Nature.choices)
    sens = models.CharField("sens", max_length=20, choices=Sens.choices)
    motif = models.TextField("motif", blank=True)
    recours = models.TextField("voies et délais de recours", blank=True)
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
                condition=Q(sens=Sens.RETENU, plan__isnull=False)
                | ~Q(sens=Sens.RETENU) & Q(plan__isnull=True),
                name="decision_retenu_avec_plan",
                violation_error_message="Un projet retenu a un plan de financement figé.",
            ),
        )

    def __str__(self) -> str:
        return str(Sens(self.sens).label)
