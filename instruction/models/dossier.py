"""The dossier: an application for a grant, from its draft to its deployment."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from financement.models import Simulation
from grappes.models import Campagne, Grappe
from instruction import etats
from instruction.etats import Etat, Geste
from instruction.models.visibilite import DEPOSES, Dossiers

if TYPE_CHECKING:
    from instruction.models.depot import Depot


def _de_la_liste(*champs: str, nom: str) -> models.Index:
    """An index of filed dossiers, in an order of the agent's list, that also holds whose they are."""
    return models.Index(fields=(*champs, "id"), include=("campagne", "grappe"), condition=DEPOSES, name=nom)


def transition_de(geste: Geste) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a method as the transition of `geste`: same sources, one by one, same target."""
    return transition(field="etat", source=[str(s) for s in geste.sources], target=str(geste.cible))


class Dossier(ConcurrentTransitionMixin, models.Model):
    """An application for a grant. Its state only moves through the methods below, called by the actions.

    The database refuses the rest. `organisme` is the FINESS EJ of the porteur. What was filed lives in Depot:
    a filing may be withdrawn and made again, `depot_courant` is the one that counts; `numero`, once given,
    stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Few keys have an index of their own: those of the lists begin with them, and each costs every filing.
    campagne = models.ForeignKey(Campagne, on_delete=models.PROTECT, related_name="dossiers", db_index=False)
    grappe = models.OneToOneField(Grappe, on_delete=models.PROTECT, related_name="+")
    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="+")
    organisme = models.CharField("FINESS juridique du porteur", max_length=9)
    nom_porteur = models.CharField("porteur", max_length=250)
    etat = FSMField("état", default=Etat.BROUILLON.value, choices=Etat.choices, protected=True)
    numero = models.CharField("numéro", max_length=20, null=True, unique=True)  # noqa: DJ001 - absent until filed
    nombre_essms = models.PositiveIntegerField("nombre d’ESSMS")
    montant = models.DecimalField("subvention calculée", max_digits=12, decimal_places=2)
    cree_le = models.DateTimeField("créé le")
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    depose_le = models.DateTimeField("déposé le", null=True)
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    depot_courant = models.OneToOneField(
        "instruction.Depot",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="dépôt courant",
    )
    instructeur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    complements_avant = models.DateTimeField("compléments attendus avant", null=True)
    rang_complementaire = models.PositiveIntegerField("rang sur la liste complémentaire", null=True)

    # Last state of its progress, once it is given up or closed: where the steps on screen stop.
    arret = models.CharField("dernier état avant la fin", max_length=50, choices=Etat.choices, blank=True)

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
                condition=Q(etat=Etat.BROUILLON, depose_le__isnull=True, depot_courant__isnull=True)
                | ~Q(etat=Etat.BROUILLON)
                & Q(numero__isnull=False, depose_le__isnull=False, depot_courant__isnull=False),
                name="dossier_numero_au_depot",
                violation_error_message="Un dossier a un numéro, un dépôt et sa date une fois déposé.",
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
            models.CheckConstraint(
                condition=Q(etat=Etat.COMPLEMENTS_DEMANDES, complements_avant__isnull=False)
                | ~Q(etat=Etat.COMPLEMENTS_DEMANDES) & Q(complements_avant__isnull=True),
                name="dossier_complements_echeance",
                violation_error_message="Des compléments s’attendent jusqu’à une échéance.",
            ),
            models.CheckConstraint(
                condition=Q(rang_complementaire__gte=1)
                | Q(rang_complementaire__isnull=True) & ~Q(etat=Etat.LISTE_COMPLEMENTAIRE),
                name="dossier_liste_complementaire_avec_rang",
                violation_error_message="Sur la liste complémentaire, un dossier a un rang à partir de 1.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=(Etat.DESISTE, Etat.CLOS)) & ~Q(arret="")
                | ~Q(etat__in=(Etat.DESISTE, Etat.CLOS)) & Q(arret=""),
                name="dossier_fini_dit_d_ou",
                violation_error_message="Un dossier fini dit l’état d’où il vient, et lui seul.",
            ),
            models.UniqueConstraint(
                fields=("campagne", "rang_complementaire"),
                condition=Q(rang_complementaire__isnull=False),
                name="dossier_rang_complementaire_unique",
                violation_error_message="Ce rang de la liste complémentaire est déjà pris.",
            ),
        )
        indexes = (
            models.Index(fields=("organisme", "-cree_le", "id"), name="dossier_du_porteur"),
            models.Index(fields=("campagne", "depose_le"), name="dossier_campagne_depot"),
            # The agent's list: one per sort, so that a page reads its fifty rows whatever the campagne
            # holds, and one that counts them. What says who sees a row is in them: the pages before and the
            # counts read no row.
            _de_la_liste("-depose_le", nom="dossier_par_depot"),
            _de_la_liste("nom_porteur", nom="dossier_par_porteur"),
            _de_la_liste("-montant", nom="dossier_par_montant"),
            models.Index(fields=("campagne", "grappe"), condition=DEPOSES, name="dossier_compte"),
            # « À moi », « Non attribués », a state, what is late: each read in the order of the list.
            _de_la_liste("instructeur", "-depose_le", nom="dossier_par_instructeur"),
            _de_la_liste("etat", "-depose_le", nom="dossier_par_etat"),
            models.Index(
                fields=("complements_avant", "id"),
                condition=Q(complements_avant__isnull=False),
                name="dossier_echeance",
            ),
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

    @property
    def depot(self) -> "Depot":
        """The filing that counts; raises ObjectDoesNotExist for a draft, even one filed then withdrawn."""
        if self.depot_courant is None:
            raise ObjectDoesNotExist("dépôt")
        return self.depot_courant

    def valeurs(self) -> dict[str, Any]:
        """What the journal keeps of its place in the life cycle."""
        return {"etat": self.etat, "numero": self.numero}

    @transition_de(etats.DEPOSER)
    def deposer(self) -> None:
        """Filed."""

    @transition_de(etats.RETIRER_DEPOT)
    def retirer_depot(self) -> None:
        """A draft again: its filing no longer counts."""

    @transition_de(etats.OUVRIR_RECEVABILITE)
    def ouvrir_recevabilite(self) -> None:
        """Its checks and pieces are being looked at."""

    @transition_de(etats.DEMANDER_COMPLEMENTS)
    def demander_complements(self) -> None:
        """The porteur is asked for what is missing."""

    @transition_de(etats.REPONDRE_COMPLEMENTS)
    def repondre_complements(self) -> None:
        """The porteur has answered."""

    @transition_de(etats.CLORE_COMPLEMENTS)
    def clore_complements(self) -> None:
        """The request is over, answered or not."""

    @transition_de(etats.RECEVOIR)
    def recevoir(self) -> None:
        """Admissible."""

    @transition_de(etats.ECARTER_IRRECEVABLE)
    def ecarter_irrecevable(self) -> None:
        """Set aside: incomplete."""

    @transition_de(etats.ECARTER_INELIGIBLE)
    def ecarter_ineligible(self) -> None:
        """Set aside: not eligible."""

    @transition_de(etats.REORIENTER)
    def reorienter(self) -> None:
        """Sent to another counter."""

    @transition_de(etats.OUVRIR_INSTRUCTION)
    def ouvrir_instruction(self) -> None:
        """Under examination."""

    @transition_de(etats.CLORE_INSTRUCTION)
    def clore_instruction(self) -> None:
        """Examined."""

    @transition_de(etats.RETENIR)
    def retenir(self) -> None:
        """Retained."""

    @transition_de(etats.INSCRIRE_LISTE_COMPLEMENTAIRE)
    def inscrire_liste_complementaire(self) -> None:
        """Waits on the complementary list."""

    @transition_de(etats.NE_PAS_RETENIR)
    def ne_pas_retenir(self) -> None:
        """Not retained."""

    @transition_de(etats.SE_DESISTER)
    def se_desister(self) -> None:
        """The porteur gives up."""

    @transition_de(etats.PREPARER_CONVENTION)
    def preparer_convention(self) -> None:
        """The convention waits for its signatures."""

    @transition_de(etats.CONSTATER_SIGNATURE)
    def constater_signature(self) -> None:
        """Both parties have signed."""

    @transition_de(etats.VERSER)
    def verser(self) -> None:
        """The first payment is recorded."""

    @transition_de(etats.DEMANDER_SOLDE)
    def demander_solde(self) -> None:
        """The porteur asks for the balance."""

    @transition_de(etats.REJETER_SOLDE)
    def rejeter_solde(self) -> None:
        """The balance is refused for now."""

    @transition_de(etats.SOLDER)
    def solder(self) -> None:
        """The balance is paid."""

    @transition_de(etats.CLORE)
    def clore(self) -> None:
        """Nothing is left to do."""
