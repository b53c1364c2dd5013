"""The convention between an ARS and a porteur: prepared, issued as a PDF, signed."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from esms.comptes.acces import TypeUtilisateur, lieux_de
from esms.comptes.models import Role, Utilisateur
from financement.models.plan import Plan
from grappes.models import Campagne, Grappe


class EtatConvention(models.TextChoices):
    """States, in their only order; before its signature, it may be cancelled instead."""

    PREPAREE = "preparee", "Préparée"
    EMISE = "emise", "Émise, à signer"
    SIGNEE = "signee", "Signée"
    ANNULEE = "annulee", "Annulée"


class Conventions(models.QuerySet["Convention"]):
    """Whose rows these are."""

    def visibles_par(self, utilisateur: TypeUtilisateur) -> "Conventions":
        """Rows this person may read: an agent, those of its ARS; an auditeur, all of them.

        Once issued: a porteur, its own; an agent national, all of them.
        """
        lieux = lieux_de(utilisateur)
        if lieux.tient(Role.AUDITEUR):
            return self.all()
        emises = ~Q(etat=EtatConvention.PREPAREE)
        siennes = Q(porteur_ej__in=lieux.organismes)
        lues = emises if lieux.tient(Role.NATIONAL) else siennes & emises
        return self.filter(Q(campagne__ars__in=lieux.ars) | lues)


def _ensemble(prefixe: str) -> Q:
    """`_le` never without `_par`."""
    dates = {f"{prefixe}_le__isnull": True, f"{prefixe}_par__isnull": True}
    return Q(**dates) | Q(**dict.fromkeys(dates, False))


class Convention(ConcurrentTransitionMixin, models.Model):
    """What both parties sign. It points to its grappe and its plan, never to the dossier it quotes.

    The database lets the state move one step at a time and forbids to change what was prepared.
    Numbers have no hole: `rang` is the last of its campagne plus one, under the campagne's lock.
    """

    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="conventions")
    rang = models.PositiveIntegerField("rang dans la campagne")
    numero = models.CharField("numéro", max_length=30, unique=True)
    grappe = models.OneToOneField(Grappe, on_delete=models.PROTECT, related_name="convention")
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="convention")
    dossier_numero = models.CharField("numéro du dossier", max_length=30)
    decision_le = models.DateField("date de la décision")
    ars_nom = models.CharField("agence régionale de santé", max_length=200)
    porteur_ej = models.CharField("FINESS juridique du porteur", max_length=9, db_index=True)
    porteur_nom = models.CharField("porteur", max_length=250)
    porteur_commune = models.CharField("commune du siège", max_length=200, blank=True)
    porteur_siren = models.CharField("SIREN", max_length=20, blank=True)
    signataire = models.CharField("signataire", max_length=150)
    signataire_qualite = models.CharField("qualité du signataire", max_length=150, blank=True)
    etat = FSMField(
        "état",
        default=EtatConvention.PREPAREE.value,
        choices=EtatConvention.choices,
        protected=True,
        db_index=True,
    )
    preparee_le = models.DateTimeField("préparée le")
    preparee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    emise_le = models.DateTimeField("émise le", null=True)
    emise_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    signee_le = models.DateField("signée le", null=True)
    signee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    annulee_le = models.DateTimeField("annulée le", null=True)
    annulee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    document = models.CharField("fichier", max_length=80, blank=True)
    document_empreinte = models.CharField("empreinte du fichier", max_length=64, blank=True)
    document_taille = models.PositiveIntegerField("taille du fichier, en octets", default=0)

    objects = Conventions.as_manager()

    class Meta:
        verbose_name = "convention"
        ordering = ("-preparee_le", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("campagne", "rang"),
                name="convention_rang_unique",
                violation_error_message="Ce numéro de convention est déjà pris.",
            ),
            models.CheckConstraint(
                condition=Q(rang__gte=1),
                name="convention_rang_positif",
                violation_error_message="Les conventions se numérotent à partir de 1.",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatConvention.PREPAREE, emise_le__isnull=True, signee_le__isnull=True)
                | Q(etat=EtatConvention.EMISE, emise_le__isnull=False, signee_le__isnull=True)
                | Q(etat=EtatConvention.SIGNEE, emise_le__isnull=False, signee_le__isnull=False)
                | Q(etat=EtatConvention.ANNULEE, signee_le__isnull=True),
                name="convention_etat_et_dates",
                violation_error_message="L’état d’une convention s’accorde avec ses dates.",
            ),
            models.CheckConstraint(
                condition=_ensemble("emise") & _ensemble("signee") & _ensemble("annulee"),
                name="convention_le_et_par",
                violation_error_message="Une émission, une signature et une annulation disent quand et par "
                "qui.",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatConvention.ANNULEE, annulee_le__isnull=False)
                | ~Q(etat=EtatConvention.ANNULEE) & Q(annulee_le__isnull=True),
                name="convention_annulee_le",
                violation_error_message="Une convention annulée dit quand, et elle seule.",
            ),
            models.CheckConstraint(
                condition=Q(emise_le__isnull=True) | Q(emise_le__gte=F("preparee_le")),
                name="convention_dates_ordonnees",
                violation_error_message="Une convention n’est pas émise avant d’être préparée.",
            ),
            models.CheckConstraint(
                condition=Q(emise_le__isnull=True, document="", document_empreinte="", document_taille=0)
                | Q(
                    emise_le__isnull=False, document_empreinte__regex=r"^[0-9a-f]{64}$", document_taille__gt=0
                )
                & ~Q(document=""),
                name="convention_emise_avec_document",
                violation_error_message="Une convention émise a son document, et elle seule.",
            ),
        )
        indexes = (models.Index(fields=("campagne", "etat"), name="convention_campagne_etat"),)

    def __str__(self) -> str:
        return self.numero

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("conventions:convention", args=[self.numero])

    @property
    def chaine(self) -> str:
        """Name of its chain in the journal."""
        return f"convention:{self.numero}"

    @transition(field="etat", source=EtatConvention.PREPAREE.value, target=EtatConvention.EMISE.value)
    def emettre(self, *, le: datetime, par: Utilisateur, document: str, empreinte: str, taille: int) -> None:
        """Issued: its PDF is stored."""
        self.emise_le, self.emise_par = le, par
        self.document, self.document_empreinte, self.document_taille = document, empreinte, taille

    @transition(field="etat", source=EtatConvention.EMISE.value, target=EtatConvention.SIGNEE.value)
    def signer(self, *, le: date, par: Utilisateur) -> None:
        """Signed by both parties."""
        self.signee_le, self.signee_par = le, par

    @transition(
        field="etat",
        source=[EtatConvention.PREPAREE.value, EtatConvention.EMISE.value],
        target=EtatConvention.ANNULEE.value,
    )
    def annuler(self, *, le: datetime, par: Utilisateur) -> None:
        """Cancelled before its signature: the porteur gave up."""
        self.annulee_le, self.annulee_par = le, par
