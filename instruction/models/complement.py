"""What the ARS asks the porteur to complete, and the sealed answer. Never a change of what was filed."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from instruction.models.depot import Depot


class Issue(models.TextChoices):
    """How a request ends."""

    REPONDUE = "repondue", "Répondue"
    ECHUE = "echue", "Échue sans réponse"
    RETIREE = "retiree", "Retirée"


class DemandeDeComplements(models.Model):
    """A request on one filing (C5), to be answered before `echeance`; open until `issue` is written.

    What was asked does not change (trigger). `echeance` is the first instant too late, never after C4.
    """

    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, related_name="demandes")
    rang = models.PositiveIntegerField("rang de la demande")
    message = models.TextField("message", blank=True)
    echeance = models.DateTimeField("à répondre avant")
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issue = models.CharField("issue", max_length=10, choices=Issue.choices, blank=True)
    motif = models.TextField("motif du retrait", blank=True)
    finie_le = models.DateTimeField("finie le", null=True)
    finie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = "demande de compléments"
        ordering = ("depot", "rang")
        constraints = (
            models.UniqueConstraint(
                fields=("depot", "rang"),
                name="demande_rang_unique",
                violation_error_message="Cette demande existe déjà.",
            ),
            models.UniqueConstraint(
                fields=("depot",),
                condition=Q(issue=""),
                name="demande_une_seule_ouverte",
                violation_error_message="Une demande de compléments est déjà ouverte.",
            ),
            models.CheckConstraint(
                condition=Q(issue="", finie_le__isnull=True, finie_par__isnull=True)
                | ~Q(issue="") & Q(finie_le__isnull=False, finie_par__isnull=False),
                name="demande_issue_le_et_par",
                violation_error_message="Une demande finie dit quand et par qui.",
            ),
            models.CheckConstraint(
                condition=Q(issue=Issue.RETIREE) & ~Q(motif="") | ~Q(issue=Issue.RETIREE) & Q(motif=""),
                name="demande_retiree_avec_motif",
                violation_error_message="Une demande se retire avec un motif.",
            ),
            models.CheckConstraint(
                condition=Q(echeance__gt=models.F("le")),
                name="demande_echeance_a_venir",
                violation_error_message="L’échéance suit la demande.",
            ),
        )

    def __str__(self) -> str:
        return f"demande {self.rang} sur {self.depot_id}"


class Objet(models.TextChoices):
    """What an element asked for is tied to."""

    PIECE = "piece", "Pièce"
    SECTION = "section", "Section de la candidature"
    LIBRE = "libre", "Autre"


class ElementDemande(models.Model):
    """One thing asked for: a piece (its code), a section (its key), or something said in `libelle`.

    Each with its reason. Written once.
    """

    demande = models.ForeignKey(DemandeDeComplements, on_delete=models.PROTECT, related_name="elements")
    ordre = models.PositiveIntegerField("ordre")
    objet = models.CharField("objet", max_length=10, choices=Objet.choices)
    cle = models.CharField("clé", max_length=60, blank=True)
    libelle = models.CharField("libellé", max_length=250)
    raison = models.TextField("raison")

    class Meta:
        verbose_name = "élément demandé"
        ordering = ("demande", "ordre")
        constraints = (
            models.UniqueConstraint(
                fields=("demande", "ordre"),
                name="element_ordre_unique",
                violation_error_message="Cette place est déjà prise.",
            ),
            models.CheckConstraint(
                condition=~Q(raison="") & ~Q(libelle=""),
                name="element_avec_raison",
                violation_error_message="Un élément demandé dit quoi et pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(objet=Objet.LIBRE, cle="") | ~Q(objet=Objet.LIBRE) & ~Q(cle=""),
                name="element_cle_selon_l_objet",
                violation_error_message="Une pièce et une section ont leur clé.",
            ),
        )

    def __str__(self) -> str:
        return self.libelle


class ReponseElement(models.Model):
    """What the porteur writes for one element, over `version`, until the answer is sealed (trigger)."""

    element = models.OneToOneField(ElementDemande, on_delete=models.PROTECT, related_name="reponse")
    texte = models.TextField("réponse", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "réponse à un élément"

    def __str__(self) -> str:
        return f"réponse à {self.element_id}"


class Correction(models.Model):
    """What the porteur types again for one answer: a section as it should be read, or the hours of P5.

    `cle` names the section (`instruction.regles.complements.HEURES` for the hours), `contenu` is the whole of
    it. It stands beside the filing, that it never changes, and is sealed with the answer: the database then
    refuses to change it, and always refuses to erase it.
    """

    demande = models.ForeignKey(DemandeDeComplements, on_delete=models.PROTECT, related_name="corrections")
    cle = models.CharField("section", max_length=60)
    contenu = models.JSONField("contenu")
    version = models.PositiveIntegerField("version", default=0)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "correction pour un complément"
        ordering = ("demande", "cle")
        constraints = (
            models.UniqueConstraint(
                fields=("demande", "cle"),
                name="correction_unique_par_demande",
                violation_error_message="Cette section est déjà corrigée pour cette demande.",
            ),
        )

    def __str__(self) -> str:
        return self.cle


class Complement(models.Model):
    """The answer as it was sent: canonical JSON and its SHA-256, beside the filing it completes.

    Written once.
    """

    demande = models.OneToOneField(DemandeDeComplements, on_delete=models.PROTECT, related_name="complement")
    scelle = models.TextField("contenu scellé")
    empreinte = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    le = models.DateTimeField("le")
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "complément"

    def __str__(self) -> str:
        return self.empreinte

    @property
    def contenu(self) -> dict[str, Any]:
        """The sealed content, read again."""
        contenu: dict[str, Any] = json.loads(self.scelle)
        return contenu
