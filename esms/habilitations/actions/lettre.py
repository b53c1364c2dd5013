"""What an invitation leaves behind it: a line of the journal, and the e-mail that carries its link."""

from datetime import timedelta

from django.urls import reverse

from esms.comptes.models import Role, Utilisateur
from esms.courriels.actions.ecriture import ecrire
from esms.habilitations.models import Invitation
from esms.journal.actions import inscrire

DUREE = timedelta(days=7)


def consigner(invitation: Invitation, geste: str, par: Utilisateur) -> None:
    """In the chain of who acts, without the address: a journal cannot be corrected."""
    inscrire(
        chaine=f"compte:{par.pk}",
        geste=geste,
        par=par,
        contenu={
            "invitation": invitation.pk,
            "role": invitation.role,
            "organisme": invitation.organisme,
            "ars": invitation.ars,
        },
    )


def ecrire_a_la_personne(invitation: Invitation, jeton: str, par: Utilisateur) -> None:
    """The link holds the secret: nothing else ever does."""
    ecrire(
        gabarit="invitation",
        a=invitation.courriel,
        destinataire=Utilisateur.objects.filter(courriel=invitation.courriel, is_active=True).first(),
        contexte={
            "par": par.nom,
            "role": str(Role(invitation.role).label),
            "lieu": invitation.lieu,
            "jours": DUREE.days,
        },
        lien=reverse("droits:invitation", args=[jeton]),
        cle=f"invitation:{invitation.pk}:{invitation.envois}",
        chaine=f"compte:{par.pk}",
        ars=invitation.ars,
    )
