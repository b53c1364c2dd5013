"""The public API, version 1, with its OpenAPI description and page."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from esms.documentation_api import documentation
from financement.api import AapListe, Simulations
from grappes.api import Etablissements

app_name = "api"

urlpatterns = [
    path("v1/simulations/", login_not_required(Simulations.as_view()), name="simulations"),
    path("v1/aap/", login_not_required(AapListe.as_view()), name="aap"),
    path("v1/etablissements/", login_not_required(Etablissements.as_view()), name="etablissements"),
    path("schema/", login_not_required(SpectacularAPIView.as_view()), name="schema"),
    path("", documentation, name="documentation"),
]
