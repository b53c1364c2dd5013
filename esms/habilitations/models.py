"""What comes before a right: an invitation sent to an address, or a claim made for an organism.

Neither gives anything by itself. The right is a `Rattachement`, written when the invitation is accepted by
the person who holds that address, or the claim by somebody who may give the role.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from esms.comptes.models import ROLES_ARS, ROLES_ORGANISME, Role


def _ensemble(prefixe: str) -> Q:
    """`_le` never without `_par`."""
    champs = {f"{prefixe}_le__isnull": True, f"{prefixe}_par__isnull": True}
    return Q(**champs) | Q(**dict.fromkeys(champs, False))


class Invitations(models.QuerySet["Invitation"]):
    """Invitations by where they stand."""

    def en_attente(self) -> "Invitations":
        """Neither accepted nor withdrawn; an expired one waits too, to be sent again or withdrawn."""
        return self.filter(acceptee_le__isnull=True, revoquee_le__isnull=True)


class Invitation(models.Model):
    """A role offered to an e-mail address, for an organism (FINESS EJ) or an ARS (region code).

    Of the link only the SHA-256 is kept: reading this table opens nothing. `portee` limits the right to one
    thing (the dossier of a grappe); `lien_apres` is where the person goes on once it has accepted; `lieu` is
    the name of the organism or of the ARS, as it was told.
    """

    courriel = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    organisme = models.CharField("FINESS juridique", max_length=9, blank=True)
    ars = models.CharField("code région de l’ARS", max_length=3, blank=True)
    portee = models.UUIDField("limité à", null=True, blank=True)
    lieu = models.CharField("organisme ou ARS", max_length=250, blank=True)
    lien_apres = models.CharField("page d’arrivée", max_length=300, blank=True)
    fin = models.DateField("droit donné jusqu’au", null=True, blank=True)
    jeton_empreinte = models.CharField("empreinte du lien", max_length=64, unique=True)
    envois = models.PositiveSmallIntegerField("envois", default=1)
    invitee_le = models.DateTimeField("invitée le")
    invitee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expire_le = models.DateTimeField("expire le")
    acceptee_le = models.DateTimeField("acceptée le", null=True, blank=True)
    acceptee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revoquee_le = models.DateTimeField("révoquée le", null=True, blank=True)
    revoquee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = Invitations.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ("-invitee_le", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=ROLES_ORGANISME, ars="") & ~Q(organisme="")
                | Q(role__in=ROLES_ARS, organisme="") & ~Q(ars=""),
                name="invitation_organisme_ou_ars",
                violation_error_message="Une invitation vaut pour un organisme ou pour une ARS.",
            ),
            models.CheckConstraint(
                condition=Q(courriel=Lower("courriel")),
                name="invitation_courriel_minuscule",
                violation_error_message="L’adresse électronique s’écrit en minuscules.",
            ),
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("invitee_le")),
                name="invitation_expire_apres_son_envoi",
                violation_error_message="Une invitation expire après son envoi.",
            ),
            models.CheckConstraint(
                condition=_ensemble("acceptee") & _ensemble("revoquee"),
                name="invitation_le_et_par",
                violation_error_message="Une réponse à une invitation dit quand et par qui.",
            ),
            models.CheckConstraint(
                condition=Q(acceptee_le__isnull=True) | Q(revoquee_le__isnull=True),
                name="invitation_une_seule_fin",
                violation_error_message="Une invitation est acceptée ou révoquée, pas les deux.",
            ),
            models.UniqueConstraint(
                fields=("courriel", "role", "organisme", "ars", "portee"),
                nulls_distinct=False,
                condition=Q(acceptee_le__isnull=True, revoquee_le__isnull=True),
                name="invitation_unique_en_attente",
                violation_error_message="Cette adresse a déjà une invitation en attente pour ce rôle.",
            ),
        )
        indexes = (
            models.Index(fields=("organisme", "-invitee_le"), name="invitation_de_l_organisme"),
            models.Index(fields=("ars", "-invitee_le"), name="invitation_de_l_ars"),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}\u00a0: {self.get_role_display()}"

    @property
    def expiree(self) -> bool:
        """Its week is over; it can be sent again."""
        return self.expire_le <= timezone.now()


class DemandeDeRattachement(models.Model):
    """Somebody says that it acts for an organism of the FINESS register; nothing is given before an answer.

    `ars` is the region of the seat, whose administrators answer when the organism has nobody to.
    """

    demandeur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisme = models.CharField("FINESS juridique", max_length=9)
    nom = models.CharField("organisme", max_length=250)
    ars = models.CharField("code région de l’ARS", max_length=3)
    fonction = models.CharField("fonction dans l’organisme", max_length=150)
    demandee_le = models.DateTimeField("demandée le")
    tranchee_le = models.DateTimeField("tranchée le", null=True, blank=True)
    tranchee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    acceptee = models.BooleanField("acceptée", null=True, blank=True)
    motif = models.TextField("motif du refus", max_length=1000, blank=True)

    class Meta:
        verbose_name = "demande de rattachement"
        ordering = ("-demandee_le", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    tranchee_le__isnull=True,
                    tranchee_par__isnull=True,
                    acceptee__isnull=True,
                )
                | Q(tranchee_le__gte=F("demandee_le"), tranchee_par__isnull=False, acceptee__isnull=False),
                name="demande_tranchee_le_par_et_comment",
                violation_error_message="Une réponse à une demande dit quand, par qui et laquelle.",
            ),
            models.CheckConstraint(
                condition=Q(acceptee=False) & ~Q(motif="")
                | Q(motif="") & (Q(acceptee=True) | Q(acceptee__isnull=True)),
                name="demande_refusee_avec_un_motif",
                violation_error_message="Un refus donne son motif.",
            ),
            models.UniqueConstraint(
                fields=("demandeur", "organisme"),
                condition=Q(tranchee_le__isnull=True),
                name="demande_unique_en_attente",
                violation_error_message="Votre demande pour cet organisme attend déjà une réponse.",
            ),
        )
        indexes = (
            models.Index(fields=("organisme", "-demandee_le"), name="demande_de_l_organisme"),
            models.Index(fields=("ars", "-demandee_le"), name="demande_de_l_ars"),
        )

    def __str__(self) -> str:
        return f"demande {self.pk} pour {self.organisme}"

    @property
    def en_attente(self) -> bool:
        """Nobody has answered yet."""
        return self.tranchee_le is None
