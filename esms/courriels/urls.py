"""Addresses of the notifications."""

from django.urls import path

from esms.courriels.views import lire, liste, ouvrir, tout_lire

app_name = "notifications"

urlpatterns = [
    path("", liste, name="liste"),
    path("tout-lire/", tout_lire, name="tout_lire"),
    path("<int:pk>/ouvrir/", ouvrir, name="ouvrir"),
    path("<int:pk>/lire/", lire, name="lire"),
]
