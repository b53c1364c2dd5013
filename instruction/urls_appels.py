"""Addresses of the calls for projects, open to everybody."""

from django.urls import path

from instruction.views.appels.document import document
from instruction.views.appels.fiche import fiche
from instruction.views.appels.liste import liste

app_name = "appels"

urlpatterns = [
    path("", liste, name="liste"),
    path("<str:sigle>/", fiche, name="fiche"),
    path("<str:sigle>/documents/<uuid:document>/", document, name="document"),
]
