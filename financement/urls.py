"""Addresses of the conventions."""

from django.urls import URLPattern, path

from financement.views.convention_document import document
from financement.views.convention_fiche import fiche
from financement.views.convention_gestes import Geste, emettre, signer, verser
from financement.views.convention_liste import liste

app_name = "conventions"


def adresses(*, emission: Geste, signature: Geste, versement: Geste) -> tuple[list[URLPattern], str]:
    """For `include`: addresses and namespace.

    An issue is told to the porteur of the dossier, a signature and a payment move it too, which this floor
    does not know: the façade gives the gestures that do both.
    """
    return [
        path("", liste, name="liste"),
        path("<slug:numero>/", fiche, name="convention"),
        path("<slug:numero>/emettre/", emettre, {"geste": emission}, name="emettre"),
        path("<slug:numero>/signer/", signer, {"geste": signature}, name="signer"),
        path("<slug:numero>/verser/", verser, {"geste": versement}, name="verser"),
        path("<slug:numero>/document.pdf", document, name="document"),
    ], app_name
