"""What the instructor thinks: of each automatic check, of each piece, of each criterion."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from instruction.models.depot import Depot
from instruction.models.dossier import Dossier


class AvisControle(models.Model):
    """An automatic check of a filing confirmed or reversed. The check itself is never a decision.

    Reversing it takes a motive. It judges one filing: that of a filing withdrawn does not count for the
    next. `version` counts its saves.
    """

    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="avis_controles")
    regle = models.CharField("règle", max_length=10)
    portee = models.CharField("portée", max_length=10)
    verdict = models.CharField("verdict automatique", max_length=15)
    confirme = models.BooleanField("confirmé")
    motif = models.TextField("motif", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "avis sur un contrôle"
        ordering = ("regle", "portee")
        constraints = (
            models.UniqueConstraint(
                fields=("depot", "regle", "portee"),
                name="avis_unique_par_controle",
                violation_error_message="Ce contrôle a déjà son avis.",
            ),
            models.CheckConstraint(
                condition=Q(confirme=True) | ~Q(motif=""),
                name="avis_renverse_avec_motif",
                violation_error_message="Un contrôle ne se renverse pas sans motif.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.regle} {self.portee}"

    @property
    def favorable(self) -> bool:
        """The check is confirmed."""
        return self.confirme


class AvisPiece(models.Model):
    """A piece of a filing accepted or not; refusing takes a motive. `version` counts its saves."""

    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="avis_pieces")
    code = models.CharField("pièce", max_length=10)
    acceptee = models.BooleanField("acceptée")
    motif = models.TextField("motif", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "avis sur une pièce"
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=("depot", "code"),
                name="avis_unique_par_piece",
                violation_error_message="Cette pièce a déjà son avis.",
            ),
            models.CheckConstraint(
                condition=Q(acceptee=True) | ~Q(motif=""),
                name="avis_refuse_avec_motif",
                violation_error_message="Une pièce ne se refuse pas sans motif.",
            ),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def favorable(self) -> bool:
        """The piece is accepted."""
        return self.acceptee


class Note(models.Model):
    """The score of a criterion: points (grid with figures) or a level (qualitative grid), always justified.

    A dossier under examination is no longer withdrawn: the score is the dossier's. `version` counts its
    saves.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    critere = models.CharField("critère", max_length=40)
    points = models.DecimalField("points", max_digits=4, decimal_places=2, null=True)
    niveau = models.CharField("niveau", max_length=40, blank=True)
    justification = models.TextField("justification", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "note"
        ordering = ("critere",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "critere"),
                name="note_unique_par_critere",
                violation_error_message="Ce critère a déjà sa note.",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0, niveau=""),
                name="note_points_ou_niveau",
                violation_error_message="Un critère se note en points, jamais négatifs, ou par un niveau.",
            ),
        )

    def __str__(self) -> str:
        return self.critere
