"""Addresses of the dossiers."""

from django.urls import path

from instruction import urls_grappe
from instruction.urls_cycle import cycle
from instruction.views.accuse import accuse, accuse_en_pdf
from instruction.views.budget_tableur import budget_tableur
from instruction.views.certification import certifier_dossier, demander, inviter_le_representant
from instruction.views.convention import preparer
from instruction.views.creation import creer_dossier
from instruction.views.depose import depose
from instruction.views.depot import deposer_dossier, relecture
from instruction.views.eligibilite import eligibilite
from instruction.views.fiche import dossier
from instruction.views.grappe import grappe
from instruction.views.grille import grille
from instruction.views.historique import historique
from instruction.views.instruction import attribuer_dossier, clore, ouvrir
from instruction.views.liste import liste
from instruction.views.messages import (
    envoyer_message,
    fil_de_messages,
    fils,
    lire_les_messages,
    telecharger_de_message,
)
from instruction.views.modeles import certifier_heures, modele, produire_piece, produire_tout
from instruction.views.piece_fichier import telecharger
from instruction.views.pieces import joindre_piece, pieces, retirer_piece
from instruction.views.recevabilite import ecarter, recevabilite, recevoir_dossier
from instruction.views.section import section
from instruction.views.selection import refuser_dossier, retenir_dossier, selection
from instruction.views.versions_de_section import reprendre, versions

app_name = "dossiers"

urlpatterns = [
    path("", liste, name="liste"),
    path("creer/", creer_dossier, name="creer"),
    path("messages/", fils, name="fils"),
    path("<uuid:pk>/", dossier, name="dossier"),
    path("<uuid:pk>/messages/", fil_de_messages, name="messages"),
    path("<uuid:pk>/messages/envoyer/", envoyer_message, name="envoyer_message"),
    path("<uuid:pk>/messages/lus/", lire_les_messages, name="lire_messages"),
    path("<uuid:pk>/messages/<uuid:piece>/", telecharger_de_message, name="piece_de_message"),
    path("<uuid:pk>/section/<str:cle>/", section, name="section"),
    path("<uuid:pk>/budget/tableur/", budget_tableur, name="budget_tableur"),
    path("<uuid:pk>/section/<str:cle>/versions/", versions, name="versions"),
    path("<uuid:pk>/section/<str:cle>/versions/<int:version>/reprendre/", reprendre, name="reprendre"),
    path("<uuid:pk>/grappe/", grappe, name="grappe"),
    *urls_grappe.urlpatterns,
    path("<uuid:pk>/pieces/", pieces, name="pieces"),
    path("<uuid:pk>/pieces/<uuid:piece>/", telecharger, name="telecharger"),
    path("<uuid:pk>/pieces/<uuid:piece>/retirer/", retirer_piece, name="retirer"),
    path("<uuid:pk>/pieces/<str:code>/joindre/", joindre_piece, name="joindre"),
    path("<uuid:pk>/modeles/<str:code>/", modele, name="modele"),
    path("<uuid:pk>/modeles/tous/joindre/", produire_tout, name="produire_tout"),
    path("<uuid:pk>/modeles/<str:code>/joindre/", produire_piece, name="produire"),
    path("<uuid:pk>/heures/certifier/", certifier_heures, name="certifier_heures"),
    path("<uuid:pk>/relecture/", relecture, name="relecture"),
    path("<uuid:pk>/deposer/", deposer_dossier, name="deposer"),
    path("<uuid:pk>/certifier/", certifier_dossier, name="certifier"),
    path("<uuid:pk>/certifier/demander/", demander, name="demander_certification"),
    path("<uuid:pk>/certifier/inviter/", inviter_le_representant, name="inviter_representant"),
    path("<uuid:pk>/accuse/", accuse, name="accuse"),
    path("<uuid:pk>/accuse/pdf/", accuse_en_pdf, name="accuse_en_pdf"),
    path("<uuid:pk>/depose/", depose, name="depose"),
    path("<uuid:pk>/historique/", historique, name="historique"),
    path("<uuid:pk>/attribuer/", attribuer_dossier, name="attribuer"),
    path("<uuid:pk>/eligibilite/", eligibilite, name="eligibilite"),
    path("<uuid:pk>/recevabilite/", recevabilite, name="recevabilite"),
    path("<uuid:pk>/recevoir/", recevoir_dossier, name="recevoir"),
    path("<uuid:pk>/ecarter/irrecevable/", ecarter, {"sens": "irrecevable"}, name="ecarter_irrecevable"),
    path("<uuid:pk>/ecarter/ineligible/", ecarter, {"sens": "ineligible"}, name="ecarter_ineligible"),
    path("<uuid:pk>/instruction/ouvrir/", ouvrir, name="ouvrir_instruction"),
    path("<uuid:pk>/grille/", grille, name="grille"),
    path("<uuid:pk>/instruction/clore/", clore, name="clore_instruction"),
    path("<uuid:pk>/selection/", selection, name="selection"),
    path("<uuid:pk>/selection/retenir/", retenir_dossier, name="retenir"),
    path("<uuid:pk>/selection/refuser/", refuser_dossier, name="refuser"),
    path("<uuid:pk>/convention/preparer/", preparer, name="preparer_convention"),
    *cycle,
]
