"""Every address of the portal, by room."""

from django.urls import include, path

from esms.accueil import accessibilite, accueil, mentions

urlpatterns = [
    path("", accueil, name="accueil"),
    path("accessibilite/", accessibilite, name="accessibilite"),
    path("mentions-legales/", mentions, name="mentions"),
    path("compte/", include("esms.comptes.urls")),
    path("simuler/", include("financement.urls_simulation")),
    path("conventions/", include("financement.urls")),
    path("dossiers/", include("instruction.urls")),
    path("api/", include("esms.api")),
]
