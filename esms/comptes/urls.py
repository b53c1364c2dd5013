"""Signing in and out, « Mon compte », ProConnect. The rest bears allauth's names: urls_allauth."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from esms.comptes.views import compte, connexion, proconnect, proconnect_preuve

app_name = "comptes"

urlpatterns = [
    path("", compte.mon_compte, name="mon_compte"),
    path("connexion/", login_not_required(connexion.Connexion.as_view()), name="connexion"),
    path("deconnexion/", connexion.Deconnexion.as_view(), name="deconnexion"),
    path("reprise/", connexion.reprise, name="reprise"),
    path("sessions/", compte.sessions, name="sessions"),
    path("sessions/fermer/", compte.fermer_les_autres, name="fermer_les_autres"),
    path("sessions/<int:pk>/fermer/", compte.fermer, name="fermer"),
    path("proconnect/", login_not_required(proconnect.Partir.as_view()), name="proconnect"),
    path("proconnect/retour/", login_not_required(proconnect.revenir), name="proconnect_retour"),
    path("proconnect/preuve/", login_not_required(proconnect_preuve.prouver), name="proconnect_prouver"),
    path("proconnect/sorti/", login_not_required(proconnect.sorti), name="proconnect_sorti"),
    path("proconnect/<int:pk>/delier/", compte.delier_proconnect, name="delier_proconnect"),
]
