"""Addresses of the grappe of a dossier: its composition, its organisms, its software."""

from django.urls import path

from instruction.views import grappe_composition as composition
from instruction.views import grappe_membre as membre
from instruction.views.grappe_confirmations import confirmer
from instruction.views.grappe_historique import historique
from instruction.views.grappe_mesures import repondre
from instruction.views.grappe_solution import solution

_RACINE = "<uuid:pk>/grappe/"

urlpatterns = [
    path(f"{_RACINE}essms/", composition.essms, name="grappe_essms"),
    path(f"{_RACINE}essms/ajouter/", composition.ajouter, name="grappe_ajouter"),
    path(f"{_RACINE}essms/<str:finess_et>/", composition.fiche, name="grappe_fiche"),
    path(f"{_RACINE}organismes/", composition.organismes, name="grappe_organismes"),
    path(f"{_RACINE}heures/", composition.heures, name="grappe_heures"),
    path(f"{_RACINE}equipement/", composition.equipement, name="grappe_equipement"),
    path(f"{_RACINE}amoa/", composition.amoa, name="grappe_amoa"),
    path(f"{_RACINE}porteur/", composition.projet, name="grappe_projet"),
    path(f"{_RACINE}solution/", solution, name="grappe_solution"),
    path(f"{_RACINE}confirmations/", confirmer, name="grappe_confirmations"),
    path(f"{_RACINE}historique/", historique, name="grappe_historique"),
    path(f"{_RACINE}membre/", membre.membre, name="grappe_membre"),
    path(f"{_RACINE}membre/confirmer/", membre.confirmer, name="grappe_membre_confirmer"),
    path(f"{_RACINE}membre/mesures/", repondre, name="grappe_membre_mesures"),
    path(f"{_RACINE}membre/<str:finess_et>/", membre.fiche_du_membre, name="grappe_membre_fiche"),
]
