"""The dossier: an application for a grant, from its draft to its deployment."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from esms.comptes.acces import TypeUtilisateur, lieux_de
from financement.models import Simulation
from grappes.models import Campagne, EssmsDeGrappe, Grappe
from instruction import etats
from instruction.etats import Etat, Geste

DEPOSES = ~Q(etat=Etat.BROUILLON)


class Dossiers(models.QuerySet["Dossier"]):
    """Whose rows these are."""

    def visibles_par(self, utilisateur: TypeUtilisateur) -> "Dossiers":
        """Rows this person may read: those of its organisms.

        Once filed, those of its ARS, or with an ESSMS in its region (G3).
        """
        organismes, ars = lieux_de(utilisateur)
        siens = Q(organisme__in=organismes)
        if not ars:
            return self.filter(siens)
        dans_la_region = EssmsDeGrappe.objects.filter(grappe=OuterRef("grappe"), region__in=ars)
        return self.filter(siens | DEPOSES & (Q(campagne__ars__in=ars) | Exists(dans_la_region)))


def transition_de(geste: Geste) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a method as the transition of `geste`: same sources, one by one, same target."""
    return transition(field="etat", source=[str(s) for s in geste.sources], target=str(geste.cible))


class Dossier(ConcurrentTransitionMixin, models.Model):
    """An application for a grant. Its state only moves through the methods below, called by the actions.

    The database refuses the rest. What was filed lives in Depot; `organisme` is the FINESS EJ of the porteur.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="dossiers")
    grappe = models.OneToOneField(Grappe, on_delete=models.PROTECT, related_name="+")
    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="+")
    organisme = models.CharField("FINESS juridique du porteur", max_length=9)
    nom_porteur = models.CharField("porteur", max_length=250)
    etat = FSMField("état", default=Etat.BROUILLON.value, choices=Etat.choices, protected=True, db_index=True)
    numero = models.CharField("numéro", max_length=20, null=True, unique=True)  # noqa: DJ001 - absent until filed
    nombre_essms = models.PositiveIntegerField("nombre d’ESSMS")
    montant = models.DecimalField("subvention calculée", max_digits=12, decimal_places=2)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    depose_le = models.DateTimeField("déposé le", null=True)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    instructeur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = Dossiers.as_manager()

    class Meta:
        verbose_name = "dossier"
        ordering = ("-cree_le", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in Etat]),
                name="dossier_etat_connu",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(etat=Etat.BROUILLON, numero__isnull=True, depose_le__isnull=True)
                | ~Q(etat=Etat.BROUILLON) & Q(numero__isnull=False, depose_le__isnull=False),
                name="dossier_numero_au_depot",
                violation_error_message="Un dossier a un numéro et une date de dépôt une fois déposé.",
            ),
            models.CheckConstraint(
                condition=Q(depose_le__isnull=True, depose_par__isnull=True)
                | Q(depose_le__isnull=False, depose_par__isnull=False, depose_le__gte=F("cree_le")),
                name="dossier_depose_le_et_par",
                violation_error_message="Le dépôt dit quand et par qui, après la création.",
            ),
            models.CheckConstraint(
                condition=Q(montant__gte=0),
                name="dossier_montant_positif",
                violation_error_message="Une subvention n’est pas négative.",
            ),
        )
        indexes = (
            models.Index(fields=("organisme", "-cree_le", "id"), name="dossier_du_porteur"),
            models.Index(fields=("campagne", "depose_le"), name="dossier_campagne_depot"),
            # The agent's list: one per sort, so that a page reads its fifty rows whatever the campagne
            # holds, and one that counts them without reading any.
            models.Index(fields=("-depose_le", "id"), condition=DEPOSES, name="dossier_par_depot"),
            models.Index(fields=("nom_porteur", "id"), condition=DEPOSES, name="dossier_par_porteur"),
            models.Index(fields=("-montant", "id"), condition=DEPOSES, name="dossier_par_montant"),
            models.Index(fields=("campagne", "grappe"), condition=DEPOSES, name="dossier_compte"),
        )

    def __str__(self) -> str:
        return self.numero or "brouillon"

    def get_absolute_url(self) -> str:
        """The page of the dossier, the porteur's or the agent's."""
        return reverse("dossiers:dossier", args=[self.pk])

    @property
    def chaine(self) -> str:
        """Name of its chain in the journal."""
        return f"dossier:{self.pk}"

    @property
    def libelle_porteur(self) -> str:
        """Its state in the porteur's words."""
        return etats.libelle(self.etat, pour_porteur=True)

    def valeurs(self) -> dict[str, Any]:
        """What the journal keeps of its place in the life cycle."""
        return {"etat": self.etat, "numero": self.numero}

    @transition_de(etats.DEPOSER)
    def deposer(self) -> None:
        """Filed."""

    @transition_de(etats.RECEVOIR)
    def recevoir(self) -> None:
        """Admissible."""

    @transition_de(etats.ECARTER_IRRECEVABLE)
    def ecarter_irrecevable(self) -> None:
        """Set aside: incomplete."""

    @transition_de(etats.ECARTER_INELIGIBLE)
    def ecarter_ineligible(self) -> None:
        """Set aside: not eligible."""

    @transition_de(etats.OUVRIR_INSTRUCTION)
    def ouvrir_instruction(self) -> None:
        """Under examination."""

    @transition_de(etats.CLORE_INSTRUCTION)
    def clore_instruction(self) -> None:
        """Examined."""

    @transition_de(etats.RETENIR)
    def retenir(self) -> None:
        """Retained."""

    @transition_de(etats.NE_PAS_RETENIR)
    def ne_pas_retenir(self) -> None:
        """Not retained."""

    @transition_de(etats.PREPARER_CONVENTION)
    def preparer_convention(self) -> None:
        """The convention waits for its signatures."""

    @transition_de(etats.CONSTATER_SIGNATURE)
    def constater_signature(self) -> None:
        """Both parties have signed."""

    @transition_de(etats.VERSER)
    def verser(self) -> None:
        """The first payment is recorded."""
