"""The catalogue of DUI solutions, kept by the administrators: facts that no porteur is asked again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from esms.aap.domaines import DOMAINES, STATUTS


class Solution(models.Model):
    """A version of a software. `code` is its stable name in an import file.

    A solution that nobody should choose any more is withdrawn, never erased: drafts and filings cite it.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    editeur = models.CharField("éditeur", max_length=120)
    nom = models.CharField("nom", max_length=120)
    version = models.CharField("version", max_length=40, blank=True)
    au_sad = models.BooleanField("au système d’acquisition dynamique (SAD)", default=False)
    marche = models.CharField("marché", max_length=200, blank=True)
    retiree = models.BooleanField("retirée du catalogue", default=False)
    modifiee_le = models.DateTimeField("modifiée le")
    modifiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="modifiée par",
    )

    class Meta:
        verbose_name = "solution DUI"
        verbose_name_plural = "solutions DUI"
        ordering = ("nom", "version", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("editeur", "nom", "version"),
                name="solution_unique_par_version",
                violation_error_message="Cette version de cette solution est déjà au catalogue.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.nom} {self.version}".strip()


class Referencement(models.Model):
    """Ségur listing of a solution in one domain. Without a row, it is not listed there."""

    solution = models.ForeignKey(
        Solution, on_delete=models.CASCADE, related_name="referencements", verbose_name="solution"
    )
    domaine = models.CharField("domaine", max_length=3, choices=list(DOMAINES.items()))
    statut = models.CharField("statut", max_length=10, choices=list(STATUTS.items()))
    vague = models.PositiveSmallIntegerField("vague", null=True)
    le = models.DateField("depuis le", null=True)

    class Meta:
        verbose_name = "référencement Ségur"
        ordering = ("solution", "domaine")
        constraints = (
            models.UniqueConstraint(
                fields=("solution", "domaine"),
                name="referencement_unique_par_domaine",
                violation_error_message="Ce domaine a déjà son statut.",
            ),
            models.CheckConstraint(
                condition=Q(domaine__in=list(DOMAINES), statut__in=list(STATUTS)),
                name="referencement_domaine_et_statut_connus",
                violation_error_message="Domaine ou statut Ségur inconnu.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.solution_id}, {self.domaine}\u00a0: {self.statut}"
