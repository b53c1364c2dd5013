"""Addresses of the catalogue of solutions."""

from django.urls import path

from grappes.views.solutions import ajouter, importer, modifier, solutions

app_name = "catalogue"

urlpatterns = [
    path("solutions/", solutions, name="solutions"),
    path("solutions/ajouter/", ajouter, name="ajouter"),
    path("solutions/importer/", importer, name="importer"),
    path("solutions/<int:pk>/", modifier, name="modifier"),
]
