"""Users and the roles they hold: never a flag on the account, always a Rattachement, dated and signed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from esms.comptes.noms import LONGUEUR_MAX, ChampNom


class Role(models.TextChoices):
    """Every role; what each may do on a dossier reads in instruction/etats.py and the rooms' acces.py."""

    PORTEUR = "porteur", "Porteur titulaire"
    REDACTEUR = "redacteur", "Rédacteur"
    REPRESENTANT = "representant", "Représentant légal"
    MEMBRE = "membre", "Membre de la grappe"
    INSTRUCTEUR = "instructeur", "Instructeur ARS"
    VALIDEUR = "valideur", "Responsable d’AAP (valideur)"
    JURY = "jury", "Membre du jury"
    SIGNATAIRE = "signataire", "Signataire de l’ARS"
    GESTIONNAIRE = "gestionnaire", "Gestionnaire des versements"
    ADMINISTRATEUR = "administrateur", "Administrateur"
    GRADES = "grades", "Observateur GRADeS"
    NATIONAL = "national", "Agent national (CNSA, DNS)"
    AUDITEUR = "auditeur", "Auditeur"


# Who files for an organism (FINESS EJ), and who only answers for its own ESSMS in somebody else's grappe.
ROLES_PORTEUR = (Role.PORTEUR, Role.REDACTEUR, Role.REPRESENTANT)
ROLES_ORGANISME = (*ROLES_PORTEUR, Role.MEMBRE)
# Agents of one ARS; those who only read; those who read the whole country.
ROLES_AGENT = (
    Role.INSTRUCTEUR,
    Role.VALIDEUR,
    Role.JURY,
    Role.SIGNATAIRE,
    Role.GESTIONNAIRE,
    Role.ADMINISTRATEUR,
)
ROLES_LECTURE = (Role.GRADES,)
ROLES_ARS = (*ROLES_AGENT, *ROLES_LECTURE)
ROLES_NATIONAUX = (Role.NATIONAL, Role.AUDITEUR)
# A second factor is compulsory for every one of these (exigences.md).
ROLES_SECOND_FACTEUR = (*ROLES_ARS, *ROLES_NATIONAUX)


class Comptes(BaseUserManager["Utilisateur"]):
    """Creates accounts; the e-mail is the only name, kept in lower case."""

    def create_user(self, courriel: str, password: str | None = None, **champs: object) -> "Utilisateur":
        """A new active account; without a password, nobody can sign in with it."""
        utilisateur = self.model(courriel=courriel.strip().lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def get_by_natural_key(self, courriel: str | None) -> "Utilisateur":
        """Find an account whatever the case typed."""
        return self.get(courriel=(courriel or "").strip().lower())


class Utilisateur(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    courriel = models.EmailField("adresse électronique", unique=True)
    nom = ChampNom("nom", max_length=LONGUEUR_MAX)
    is_active = models.BooleanField("actif", default=True)
    cree_le = models.DateTimeField("créé le", auto_now_add=True)

    objects: ClassVar[Comptes] = Comptes()

    USERNAME_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nom"]

    class Meta:
        verbose_name = "utilisateur"
        ordering = ("courriel",)
        constraints = (
            models.CheckConstraint(
                condition=Q(courriel=Lower("courriel")),
                name="utilisateur_courriel_minuscule",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
        )

    def __str__(self) -> str:
        return self.nom


class Rattachements(models.QuerySet["Rattachement"]):
    """Rights by whether they hold."""

    def actifs(self) -> "Rattachements":
        """Held today: begun, not past their last day, not removed. Read at each request, never kept."""
        aujourdhui = timezone.localdate()
        return self.filter(
            Q(fin__isnull=True) | Q(fin__gte=aujourdhui), retire_le__isnull=True, debut__lte=aujourdhui
        )


class Rattachement(models.Model):
    """Who may act, for which organism (FINESS EJ) or ARS (region code), in which role, from when to when.

    `fin` is the last day, known beforehand; `retire_le`, the instant when the right was removed. `portee`
    limits the right to one thing: the dossier of a grappe, for a `membre` that its porteur has invited.
    """

    utilisateur = models.ForeignKey(Utilisateur, on_delete=models.PROTECT, related_name="rattachements")
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    organisme = models.CharField("FINESS juridique", max_length=9, blank=True)
    ars = models.CharField("code région de l’ARS", max_length=3, blank=True)
    debut = models.DateField("depuis le")
    fin = models.DateField("jusqu’au", null=True, blank=True)
    donne_par = models.ForeignKey(
        Utilisateur,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="donné par",
    )
    portee = models.UUIDField("limité à", null=True, blank=True)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)
    retire_par = models.ForeignKey(
        Utilisateur,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="retiré par",
    )

    objects = Rattachements.as_manager()

    class Meta:
        verbose_name = "rattachement"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=ROLES_ORGANISME, ars="") & ~Q(organisme="")
                | Q(role__in=ROLES_ARS, organisme="") & ~Q(ars="")
                | Q(role__in=ROLES_NATIONAUX, organisme="", ars=""),
                name="rattachement_organisme_ou_ars",
                violation_error_message="Un porteur est rattaché à un organisme, un agent à une ARS, "
                "un rôle national à aucun des deux.",
            ),
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                name="rattachement_dates_ordonnees",
                violation_error_message="La fin d’un rattachement ne précède pas son début.",
            ),
            models.UniqueConstraint(
                fields=("utilisateur", "role", "organisme", "ars", "portee"),
                nulls_distinct=False,
                condition=Q(fin__isnull=True, retire_le__isnull=True),
                name="rattachement_unique_en_cours",
                violation_error_message="Cette personne tient déjà ce rôle.",
            ),
            models.CheckConstraint(
                condition=Q(portee__isnull=True) | Q(role=Role.MEMBRE),
                name="rattachement_portee_d_un_membre",
                violation_error_message="Seul un membre de grappe est limité à un dossier.",
            ),
            models.CheckConstraint(
                condition=Q(retire_le__isnull=False) | Q(retire_par__isnull=True),
                name="rattachement_retire_par_et_le",
                violation_error_message="Un retrait dit quand.",
            ),
        )
        indexes = (
            models.Index(fields=("organisme", "utilisateur"), name="rattachement_de_l_organisme"),
            models.Index(fields=("ars", "utilisateur"), name="rattachement_de_l_ars"),
        )

    def __str__(self) -> str:
        return f"{self.utilisateur} – {self.get_role_display()}"

    @property
    def actif(self) -> bool:
        """Held today."""
        aujourdhui = timezone.localdate()
        fini = self.retire_le is not None or (self.fin is not None and self.fin < aujourdhui)
        return not fini and self.debut <= aujourdhui


class IdentiteProConnect(models.Model):
    """Who a person is for ProConnect. An account is found again by `sub` alone, never by an address."""

    sub = models.CharField("identifiant chez ProConnect", max_length=255, unique=True)
    utilisateur = models.ForeignKey(
        Utilisateur, on_delete=models.PROTECT, related_name="identites_proconnect", verbose_name="compte"
    )
    liee_le = models.DateTimeField("liée le", auto_now_add=True)

    class Meta:
        verbose_name = "identité ProConnect"
        verbose_name_plural = "identités ProConnect"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.utilisateur} – ProConnect"
