"""The balance asked for: usage measures with their proofs, statement of expenses, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from instruction.models.dossier import Dossier
from instruction.models.piece import Piece


class IssueSolde(models.TextChoices):
    """How a request for the balance ends."""

    VERSE = "verse", "Solde versé"
    REJETE = "rejete", "Rejetée"


class DemandeDeSolde(models.Model):
    """A request for the balance (F8, OCC §4.5.2); open until `issue` is written. The rest does not change."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="demandes_de_solde")
    rang = models.PositiveIntegerField("rang de la demande")
    mesuree_le = models.DateField("date de la mesure")
    etat_recapitulatif = models.OneToOneField(
        Piece, on_delete=models.PROTECT, related_name="+", verbose_name="état récapitulatif des dépenses"
    )
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issue = models.CharField("issue", max_length=10, choices=IssueSolde.choices, blank=True)
    motif = models.TextField("motif du rejet", blank=True)
    finie_le = models.DateTimeField("finie le", null=True)
    finie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "demande de solde"
        ordering = ("dossier", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "rang"),
                name="solde_rang_unique",
                violation_error_message="Cette demande existe déjà.",
            ),
            models.UniqueConstraint(
                fields=("dossier",),
                condition=Q(issue=""),
                name="solde_une_seule_demande_ouverte",
                violation_error_message="Une demande de solde est déjà ouverte.",
            ),
            models.CheckConstraint(
                condition=Q(issue="", finie_le__isnull=True, finie_par__isnull=True)
                | ~Q(issue="") & Q(finie_le__isnull=False, finie_par__isnull=False),
                name="solde_issue_le_et_par",
                violation_error_message="Une demande finie dit quand et par qui.",
            ),
            models.CheckConstraint(
                condition=Q(issue=IssueSolde.REJETE) & ~Q(motif="")
                | ~Q(issue=IssueSolde.REJETE) & Q(motif=""),
                name="solde_rejete_avec_motif",
                violation_error_message="Un rejet est motivé.",
            ),
        )

    def __str__(self) -> str:
        return f"demande de solde {self.rang} de {self.dossier_id}"


class MesureDeSolde(models.Model):
    """One usage target (U1 to U7) as counted, what the rule says of it, and its proof. Written once."""

    demande = models.ForeignKey(DemandeDeSolde, on_delete=models.PROTECT, related_name="mesures")
    regle = models.CharField("règle", max_length=10)
    numerateur = models.PositiveIntegerField("numérateur")
    denominateur = models.PositiveIntegerField("dénominateur", default=0)
    retranches = models.PositiveIntegerField("personnes retranchées", default=0)
    atteinte = models.BooleanField("cible atteinte", null=True)
    explication = models.TextField("explication")
    preuve = models.OneToOneField(Piece, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "mesure d’usage"
        ordering = ("demande", "regle")
        constraints = (
            models.UniqueConstraint(
                fields=("demande", "regle"),
                name="mesure_une_fois_par_regle",
                violation_error_message="Cette mesure est déjà donnée.",
            ),
            models.CheckConstraint(
                condition=Q(retranches__lte=F("denominateur")),
                name="mesure_retranches_de_l_effectif",
                violation_error_message="On ne retranche pas plus de personnes qu’il n’y en a.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.regle}\u00a0: {self.numerateur}"
