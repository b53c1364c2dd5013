"""Addresses of the rights: who does what for an organism or in an ARS."""

from django.urls import path

from grappes.views.droits import demande, invitation, role
from grappes.views.droits.equipe import equipe
from grappes.views.droits.inviter import inviter_quelqu_un
from grappes.views.droits.mes_droits import mes_droits

app_name = "droits"

urlpatterns = [
    path("", mes_droits, name="mes_droits"),
    path("equipe/<slug:lieu>/", equipe, name="equipe"),
    path("equipe/<slug:lieu>/inviter/", inviter_quelqu_un, name="inviter"),
    path("roles/<int:pk>/", role.role, name="role"),
    path("roles/<int:pk>/retirer/", role.retirer_role, name="retirer"),
    path("roles/<int:pk>/fin/", role.fixer_la_fin, name="fixer_fin"),
    path("roles/<int:pk>/confier/", role.confier_role, name="confier"),
    path("invitation/<str:jeton>/", invitation.invitation, name="invitation"),
    path("invitations/<int:pk>/accepter/", invitation.accepter_invitation, name="accepter"),
    path("invitations/<int:pk>/renvoyer/", invitation.renvoyer_invitation, name="renvoyer"),
    path("invitations/<int:pk>/revoquer/", invitation.revoquer_invitation, name="revoquer"),
    path("demander/", demande.demander, name="demander"),
    path("demandes/<int:pk>/", demande.demande, name="demande"),
    path("demandes/<int:pk>/accepter/", demande.accepter, name="accepter_demande"),
    path("demandes/<int:pk>/refuser/", demande.refuser, name="refuser_demande"),
    path("demandes/<int:pk>/retirer/", demande.retirer, name="retirer_demande"),
]
