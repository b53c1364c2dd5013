"""Addresses of the public simulator. An edit leads to another key: the content of a key never changes."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from financement.views.simulation.ajout import ajouter
from financement.views.simulation.controles import controles
from financement.views.simulation.essms import essms
from financement.views.simulation.et_si import et_si
from financement.views.simulation.exports import modele, pdf, xlsx
from financement.views.simulation.fiche import fiche
from financement.views.simulation.garder import garder
from financement.views.simulation.nouvelle import nouvelle
from financement.views.simulation.organismes import organismes
from financement.views.simulation.projet import projet
from financement.views.simulation.resultat import resultat
from financement.views.simulation.tables import equipement, heures

app_name = "simulation"


class ConvertisseurDeCle(StringConverter):
    """Twenty hexadecimal digits."""

    regex = "[0-9a-f]{20}"


class ConvertisseurFiness(StringConverter):
    """Nine positions, A or B allowed in second place."""

    regex = "[0-9][0-9AB][0-9]{7}"


register_converter(ConvertisseurDeCle, "cle")
register_converter(ConvertisseurFiness, "finess")

urlpatterns = [
    path("", nouvelle, name="nouvelle"),
    path("modele.<str:extension>", modele, name="modele"),
    path("<cle:cle>/", resultat, name="resultat"),
    path("<cle:cle>/controles/<slug:regle>/<slug:verdict>/", controles, name="controles"),
    path("<cle:cle>/et-si/", et_si, name="et_si"),
    path("<cle:cle>/essms/", essms, name="essms"),
    path("<cle:cle>/essms/ajouter/", ajouter, name="ajouter"),
    path("<cle:cle>/essms/<finess:finess_et>/", fiche, name="fiche"),
    path("<cle:cle>/heures/", heures, name="heures"),
    path("<cle:cle>/equipement/", equipement, name="equipement"),
    path("<cle:cle>/organismes/", organismes, name="organismes"),
    path("<cle:cle>/projet/", projet, name="projet"),
    path("<cle:cle>/garder/", garder, name="garder"),
    path("<cle:cle>/simulation.xlsx", xlsx, name="xlsx"),
    path("<cle:cle>/simulation.pdf", pdf, name="pdf"),
]
