"""Addresses of the outbox."""

from django.urls import path

from instruction.views.courriels import courriels, renvoyer_courriel

app_name = "courriels"

urlpatterns = [
    path("", courriels, name="liste"),
    path("<int:pk>/renvoyer/", renvoyer_courriel, name="renvoyer"),
]
