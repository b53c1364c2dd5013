"""Every address of the portal, by room."""

from django.urls import include, path

from esms.accueil import accessibilite, accueil, mentions
from financement import urls as conventions
from instruction.actions.depuis_convention import emettre, signer, verser
from instruction.views.verification import verifier

handler403 = "instruction.views.acces_refuse.acces_refuse"
handler429 = "esms.comptes.adaptateur.trop_souvent"
handler500 = "esms.socle.erreurs.erreur_interne"

urlpatterns = [
    path("", accueil, name="accueil"),
    path("accessibilite/", accessibilite, name="accessibilite"),
    path("mentions-legales/", mentions, name="mentions"),
    path("verifier/", verifier, name="verifier"),
    path("compte/", include("esms.comptes.urls")),
    path("compte/", include("esms.comptes.urls_allauth")),
    path("simuler/", include("financement.urls_simulation")),
    path("conventions/", include(conventions.adresses(emission=emettre, signature=signer, versement=verser))),
    path("dossiers/", include("instruction.urls")),
    path("campagnes/", include("instruction.urls_campagnes")),
    path("appels/", include("instruction.urls_appels")),
    path("droits/", include("grappes.urls_droits")),
    path("catalogue/", include("grappes.urls_catalogue")),
    path("notifications/", include("esms.courriels.urls")),
    path("courriels/", include("instruction.urls_courriels")),
    path("api/", include("esms.api")),
]
