"""Addresses of the campagnes, for the agents."""

from django.urls import path

from instruction.views.campagnes import reglages
from instruction.views.campagnes.dates import dates, prolonger_la_fenetre
from instruction.views.campagnes.fiche import fiche
from instruction.views.campagnes.liste import liste
from instruction.views.campagnes.ouverture import ouvrir

app_name = "campagnes"

urlpatterns = [
    path("", liste, name="liste"),
    path("ouvrir/<slug:edition>/", ouvrir, name="ouvrir"),
    path("<int:pk>/", fiche, name="fiche"),
    path("<int:pk>/dates/", dates, name="dates"),
    path("<int:pk>/prolonger/", prolonger_la_fenetre, name="prolonger"),
    path("<int:pk>/enveloppe/", reglages.enveloppe, name="enveloppe"),
    path("<int:pk>/contacts/", reglages.ajouter_contact, name="ajouter_contact"),
    path("<int:pk>/contacts/<int:contact>/", reglages.contact, name="contact"),
    path("<int:pk>/contacts/<int:contact>/retirer/", reglages.retirer_contact, name="retirer_contact"),
    path("<int:pk>/documents/", reglages.publier_document, name="publier_document"),
    path("<int:pk>/documents/<uuid:document>/retirer/", reglages.retirer_document, name="retirer_document"),
]
