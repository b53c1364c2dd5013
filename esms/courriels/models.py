"""The outbox: each e-mail is a row before it leaves, and each addressee with an account has it in the portal.

The copy in the portal is the one that counts: an e-mail may be lost on its way, a row is not.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

LONGUEUR_OBJET = 77  # below 78 characters, a subject travels on one line (RFC 5322, 2.1.1)


class Etat(models.TextChoices):
    """Where an e-mail is on its way out."""

    A_ENVOYER = "a_envoyer", "À envoyer"
    EN_COURS = "en_cours", "En cours d’envoi"
    ENVOYE = "envoye", "Envoyé"
    A_REPRENDRE = "a_reprendre", "Échec, à reprendre"
    ABANDONNE = "abandonne", "Abandonné"


class Courriel(models.Model):
    """One e-mail to one address, written in the transaction of the gesture that wants it.

    `cle` says what it is about: the same gesture played twice writes one row. `objet` and `texte` are frozen
    when it is written: what the addressee reads in the portal is what was sent, whatever the template
    becomes. Nothing sensitive enters: neither score, amount, motive, nor the name of an accompanied person.
    `essais` counts the tries since it was last asked for; `erreur` is the class of the last failure, without
    what the mail server said, which quotes addresses.
    """

    cle = models.CharField("clé", max_length=200, unique=True)
    gabarit = models.CharField("gabarit", max_length=60)
    chaine = models.CharField("chaîne du journal", max_length=80, blank=True)
    ars = models.CharField("code région de l’ARS", max_length=3, blank=True)
    a = models.EmailField("adresse")
    contexte = models.JSONField("contexte")
    objet = models.CharField("objet", max_length=LONGUEUR_OBJET)
    texte = models.TextField("texte")
    lien = models.CharField("lien", max_length=300)
    etat = models.CharField("état", max_length=20, choices=Etat.choices, default=Etat.A_ENVOYER)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    erreur = models.CharField("dernière erreur", max_length=80, blank=True)
    cree_le = models.DateTimeField("écrit le")
    pris_le = models.DateTimeField("envoi commencé le", null=True)
    envoye_le = models.DateTimeField("envoyé le", null=True)

    class Meta:
        verbose_name = "courriel"
        ordering = ("-cree_le", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in Etat]),
                name="courriel_etat_connu",
                violation_error_message="Cet état n’existe pas.",
            ),
            models.CheckConstraint(
                condition=Q(etat=Etat.ENVOYE, envoye_le__isnull=False, envoye_le__gte=F("cree_le"))
                | ~Q(etat=Etat.ENVOYE) & Q(envoye_le__isnull=True),
                name="courriel_envoye_avec_sa_date",
                violation_error_message="Un courriel envoyé dit quand, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(etat=Etat.EN_COURS, pris_le__isnull=False)
                | ~Q(etat=Etat.EN_COURS) & Q(pris_le__isnull=True),
                name="courriel_en_cours_depuis",
                violation_error_message="Un envoi en cours dit depuis quand, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(etat=Etat.A_ENVOYER, essais=0) | ~Q(etat=Etat.A_ENVOYER) & Q(essais__gt=0),
                name="courriel_essais_comptes",
                violation_error_message="Un courriel à envoyer n’a pas encore été essayé.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=(Etat.A_REPRENDRE, Etat.ABANDONNE)) & ~Q(erreur="")
                | ~Q(etat__in=(Etat.A_REPRENDRE, Etat.ABANDONNE)),
                name="courriel_echec_avec_son_erreur",
                violation_error_message="Un échec dit son erreur.",
            ),
            models.CheckConstraint(
                condition=Q(lien__startswith="/") & ~Q(lien__startswith="//"),
                name="courriel_lien_du_portail",
                violation_error_message="Le lien est un chemin du portail.",
            ),
            models.CheckConstraint(
                condition=~Q(objet="") & ~Q(texte="") & ~Q(cle="") & ~Q(a=""),
                name="courriel_entier",
                violation_error_message="Un courriel a une clé, une adresse, un objet et un texte.",
            ),
        )
        indexes = (
            models.Index(fields=("ars", "-cree_le", "-id"), name="courriel_de_l_ars"),
            models.Index(fields=("-cree_le", "-id"), name="courriel_par_date"),
            models.Index(
                fields=("ars", "-cree_le", "-id"),
                condition=Q(etat__in=(Etat.A_REPRENDRE, Etat.ABANDONNE)),
                name="courriel_en_echec",
            ),
            models.Index(fields=("chaine", "-cree_le"), name="courriel_de_la_chaine"),
            # The few that are not sent, which the sweep looks for.
            models.Index(
                fields=("etat", "cree_le"), condition=~Q(etat=Etat.ENVOYE), name="courriel_en_attente"
            ),
        )

    def __str__(self) -> str:
        return self.objet


class Notification(models.Model):
    """The same message in the portal, for somebody who has an account: read or not.

    Its addressee, and those whom the e-mail of a service concerns: one row each.
    """

    # Without an index of its own: that of the constraint starts with it.
    courriel = models.ForeignKey(
        Courriel, on_delete=models.PROTECT, related_name="notifications", db_index=False
    )
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notifications"
    )
    cree_le = models.DateTimeField("reçue le")
    lue_le = models.DateTimeField("lue le", null=True)

    class Meta:
        verbose_name = "notification"
        ordering = ("-cree_le", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("courriel", "utilisateur"), name="notification_une_par_personne"),
            models.CheckConstraint(
                condition=Q(lue_le__isnull=True) | Q(lue_le__gte=F("cree_le")),
                name="notification_lue_apres_reception",
                violation_error_message="Une notification se lit après avoir été reçue.",
            ),
        )
        indexes = (
            models.Index(fields=("utilisateur", "-cree_le", "-id"), name="notification_de_la_personne"),
            models.Index(
                fields=("utilisateur",), condition=Q(lue_le__isnull=True), name="notification_non_lue"
            ),
        )

    def __str__(self) -> str:
        return f"{self.courriel} → {self.utilisateur}"
