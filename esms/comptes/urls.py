"""Signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from esms.comptes.views import Connexion

app_name = "comptes"

urlpatterns = [
    path("connexion/", Connexion.as_view(), name="connexion"),
    path("deconnexion/", LogoutView.as_view(), name="deconnexion"),
]
