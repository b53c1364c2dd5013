"""Addresses of the gestures that move a dossier from its filing to its end, beside those of `urls`."""

from django.urls import path

from instruction.views.accuse import accuse, accuse_en_pdf
from instruction.views.cloture import clore_dossier
from instruction.views.complements import clore, demander
from instruction.views.correction import (
    certifier_heures,
    corriger_pour_complement,
    modele_de_complement,
    produire,
)
from instruction.views.depots import depots
from instruction.views.desistement import desister
from instruction.views.instruction import ouvrir_la_recevabilite
from instruction.views.reorientation import reorienter_dossier
from instruction.views.reponse import complements, joindre, retirer
from instruction.views.retrait_du_depot import retirer_le_depot
from instruction.views.selection import inscrire_dossier
from instruction.views.solde import rejeter, solde, solder_dossier

cycle = [
    path("<uuid:pk>/recevabilite/ouvrir/", ouvrir_la_recevabilite, name="ouvrir_recevabilite"),
    path("<uuid:pk>/reorienter/", reorienter_dossier, name="reorienter"),
    path("<uuid:pk>/complements/", complements, name="complements"),
    path("<uuid:pk>/complements/demander/", demander, name="demander_complements"),
    path("<uuid:pk>/complements/clore/", clore, name="clore_complements"),
    path("<uuid:pk>/complements/<int:element>/joindre/", joindre, name="joindre_complement"),
    path("<uuid:pk>/complements/<int:element>/produire/", produire, name="produire_complement"),
    path("<uuid:pk>/complements/<int:element>/heures/", certifier_heures, name="certifier_heures_complement"),
    path("<uuid:pk>/complements/<int:element>/<str:code>/", modele_de_complement, name="modele_complement"),
    path("<uuid:pk>/complements/corriger/<str:cle>/", corriger_pour_complement, name="corriger_complement"),
    path("<uuid:pk>/complements/<uuid:piece>/retirer/", retirer, name="retirer_complement"),
    path("<uuid:pk>/depot/retirer/", retirer_le_depot, name="retirer_depot"),
    path("<uuid:pk>/depots/", depots, name="depots"),
    path("<uuid:pk>/depots/<int:rang>/accuse/", accuse, name="accuse_d_un_depot"),
    path("<uuid:pk>/depots/<int:rang>/accuse/pdf/", accuse_en_pdf, name="pdf_d_un_depot"),
    path("<uuid:pk>/desister/", desister, name="desister"),
    path("<uuid:pk>/selection/liste/", inscrire_dossier, name="inscrire_liste"),
    path("<uuid:pk>/solde/", solde, name="solde"),
    path("<uuid:pk>/solde/rejeter/", rejeter, name="rejeter_solde"),
    path("<uuid:pk>/solde/verser/", solder_dossier, name="solder"),
    path("<uuid:pk>/clore/", clore_dossier, name="clore"),
]
