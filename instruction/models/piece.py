"""Files that the porteur joins to its application."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from instruction.models.complement import ElementDemande
from instruction.models.dossier import Dossier


class Analyse(models.TextChoices):
    """What the antivirus said. Without one configured, the portal says so and keeps its own checks."""

    NON_ANALYSEE = "non_analysee", "Non analysée"
    EN_ATTENTE = "en_attente", "Analyse antivirus en cours"
    SAINE = "saine", "Analysée, saine"
    INFECTEE = "infectee", "Refusée par l’antivirus"


def chemin_de(piece: "Piece", nom: str) -> str:
    """Where the bytes are kept: under identifiers only, whatever the file was called."""
    return f"pieces/{piece.dossier_id}/{piece.pk}"


class Piece(models.Model):
    """A file joined under a code of the catalogue (P1 … P11).

    Never erased: withdrawn, with who and when, and kept. `element`: what it answers, when the ARS asked for
    it after the filing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pieces")
    element = models.ForeignKey(
        ElementDemande, on_delete=models.PROTECT, related_name="pieces", null=True, verbose_name="répond à"
    )
    code = models.CharField("pièce", max_length=10)
    nom = models.CharField("nom affiché", max_length=120)
    extension = models.CharField("type", max_length=5)
    fichier = models.FileField("fichier", upload_to=chemin_de, max_length=120)
    taille = models.PositiveIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    deposee_le = models.DateTimeField("déposée le")
    deposee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    retiree_le = models.DateTimeField("retirée le", null=True)
    retiree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    source = models.CharField("empreinte des réponses", max_length=64, blank=True)
    analyse = models.CharField(
        "analyse antivirus", max_length=12, choices=Analyse.choices, default=Analyse.NON_ANALYSEE
    )
    analyse_detail = models.CharField("réponse de l’antivirus", max_length=200, blank=True)
    analyse_essais = models.PositiveIntegerField("essais d’analyse", default=0)
    analysee_le = models.DateTimeField("analysée le", null=True)

    class Meta:
        verbose_name = "pièce"
        ordering = ("code", "deposee_le", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "code", "sha256"),
                condition=Q(retiree_le__isnull=True),
                name="piece_deposee_une_fois",
                violation_error_message="Ce fichier est déjà joint à cet endroit.",
            ),
            models.CheckConstraint(
                condition=Q(retiree_le__isnull=True, retiree_par__isnull=True)
                | Q(retiree_le__isnull=False, retiree_par__isnull=False)
                | Q(retiree_le__isnull=False, analyse=Analyse.INFECTEE),
                name="piece_retiree_le_et_par",
                violation_error_message="Un retrait dit quand et par qui, ou ce que l’antivirus a trouvé.",
            ),
            models.CheckConstraint(
                condition=~Q(analyse=Analyse.INFECTEE) | Q(retiree_le__isnull=False),
                name="piece_infectee_ne_compte_plus",
                violation_error_message="Un fichier infecté ne compte plus.",
            ),
            models.CheckConstraint(
                condition=Q(taille__gt=0),
                name="piece_non_vide",
                violation_error_message="Un fichier vide n’est pas une pièce.",
            ),
        )
        indexes = (
            models.Index(
                fields=("deposee_le",), condition=Q(analyse=Analyse.EN_ATTENTE), name="piece_a_analyser"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} – {self.nom}"

    @property
    def en_quarantaine(self) -> bool:
        """Not yet analysed: only who sent it may read it back."""
        return self.analyse == Analyse.EN_ATTENTE

    @property
    def infectee(self) -> bool:
        """Isolated: nobody reads it."""
        return self.analyse == Analyse.INFECTEE
